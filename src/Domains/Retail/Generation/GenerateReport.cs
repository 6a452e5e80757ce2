namespace Tradepost.Retail.Generation;

/// <summary>What was generated, or what happened in the days that passed.</summary>
public sealed record GenerateReport
{
    /// <summary>Rows in the new shop; null when days passed in an existing one.</summary>
    public ShopCounts? Counts { get; init; }

    /// <summary>Rows made bad, by kind.</summary>
    public IReadOnlyDictionary<string, long>? Dirty { get; init; }

    public AdvanceResult? Advanced { get; init; }

    public required double Seconds { get; init; }
}
