namespace Tradepost.Retail.Generation;

/// <summary>What happened in the shop between two moments.</summary>
public sealed record AdvanceResult
{
    public required DateTime From { get; init; }

    public required DateTime To { get; init; }

    public required long Orders { get; init; }

    public required long OrderItems { get; init; }

    public required long Payments { get; init; }

    /// <summary>Older orders that were paid, shipped or cancelled.</summary>
    public required long StatusChanges { get; init; }

    /// <summary>Shipped orders that came back: cancelled and refunded.</summary>
    public required long Returns { get; init; }

    public required long Moves { get; init; }

    public required long PriceChanges { get; init; }
}
