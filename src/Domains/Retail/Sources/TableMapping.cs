namespace Tradepost.Retail.Sources;

/// <summary>Where one of our tables comes from in somebody else's shop.</summary>
internal sealed record TableMapping
{
    /// <summary>A table, a join or a parenthesised query of the source. Empty: the source has no such rows.</summary>
    public string? From { get; init; }

    /// <summary>An optional condition on the rows.</summary>
    public string? Where { get; init; }

    /// <summary>For each of our columns an expression in the source's SQL: a column, a constant or a computation.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();
}
