namespace Tradepost.Marketplace.Sales;

/// <summary>What was estimated.</summary>
public sealed record SalesResult
{
    /// <summary>That were seen up to the day.</summary>
    public required int Products { get; init; }

    public required int Estimated { get; init; }

    public required int NotEnoughData { get; init; }

    /// <summary>The day whose view the estimates are of.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Where true sales come from; null where none are known.</summary>
    public required KnownTruth? Truth { get; init; }

    /// <summary>In the registry; 0 where no true sales are known.</summary>
    public required int ModelVersion { get; init; }

    /// <summary>How good such estimates were in the past; null where that cannot be known.</summary>
    public required BacktestResult? Backtest { get; init; }

    /// <summary>The first of them, in the order of products; the table and the file have all.</summary>
    public required IReadOnlyList<SalesRow> Rows { get; init; }

    /// <summary>The result of a store without products.</summary>
    internal static SalesResult Nothing(DateOnly day) =>
        new()
        {
            Products = 0,
            Estimated = 0,
            NotEnoughData = 0,
            Date = day,
            Truth = null,
            ModelVersion = 0,
            Backtest = null,
            Rows = [],
        };
}
