namespace Tradepost.Storage.Queries.Costs;

/// <summary>What a query may come to before it is run.</summary>
internal sealed record CostLimits
{
    /// <summary>Rows of which an engine works out an expression at a time, all its threads together.</summary>
    public required double RowsAtOnce { get; init; }

    /// <summary>Whether the engine works out these rows without looking up.</summary>
    public bool IsUninterrupted => RowsAtOnce > 1;

    /// <summary>Texts and lists that may be made for these rows, which no engine counts.</summary>
    public double Memory { get; init; } = 96e6;

    /// <summary>A planner copies an expression for each name that stands for it.</summary>
    public double Parts { get; init; } = 20_000;

    public double Tables { get; init; } = 200;

    public double Columns { get; init; } = 2_000;

    public int GroupingSets { get; init; } = 64;

    /// <summary>Letters that are compared with each other for the rows at hand, in one step that nothing can interrupt.</summary>
    public double Steps { get; init; } = 2e9;

    /// <summary>How often a part of a query that names itself may hold what it made before.</summary>
    public double GrowthOfARound { get; init; } = 4;
}
