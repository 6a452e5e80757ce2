namespace Tradepost.Storage.Queries.Costs;

/// <summary>A SELECT, or several put together.</summary>
internal sealed record Select
{
    public IReadOnlyList<Common> With { get; init; } = [];

    public IReadOnlyList<Source> From { get; init; } = [];

    public IReadOnlyList<Output> Outputs { get; init; } = [];

    /// <summary>Everything else that is worked out: conditions, groups, orders, limits.</summary>
    public IReadOnlyList<Term> Others { get; init; } = [];

    /// <summary>What UNION, INTERSECT or EXCEPT put together; the rest is empty then but for orders and limits.</summary>
    public IReadOnlyList<Select> Parts { get; init; } = [];

    public int GroupingSets { get; init; } = 1;
}

/// <summary>A column that a SELECT gives.</summary>
internal sealed record Output(string? Name, Term Of);

/// <summary>What stands behind WITH; its query is read before what names it.</summary>
internal sealed class Common(string name)
{
    public string Name { get; } = name;

    public Select Select { get; set; } = new();

    /// <summary>The part that names this itself; null where nothing does.</summary>
    public Select? Again { get; set; }

    /// <summary>Whether columns have other names than in the query.</summary>
    public bool IsRenamed { get; init; }
}

/// <summary>What stands behind FROM.</summary>
/// <param name="IsRenamed">Whether columns have other names than where they come from.</param>
internal abstract record Source(bool IsRenamed)
{
    public sealed record Table(TableName Name, bool IsRenamed) : Source(IsRenamed);

    public sealed record Named(Common Common, bool IsRenamed) : Source(IsRenamed);

    public sealed record Derived(Select Select, bool IsRenamed) : Source(IsRenamed);

    /// <summary>A function, or rows of values, that see what stands before them.</summary>
    public sealed record Values(IReadOnlyList<Term> Of, bool IsRenamed) : Source(IsRenamed);
}
