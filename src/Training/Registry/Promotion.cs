namespace Tradepost.Training.Registry;

/// <summary>A row of the history of what was in production: from this moment on, until the next row.</summary>
public sealed record Promotion
{
    public required string Model { get; init; }

    /// <summary>Counts a model's promotions from 1.</summary>
    public required int Number { get; init; }

    public required int Version { get; init; }

    /// <summary>What was in production until then; null when nothing was.</summary>
    public required int? Replaced { get; init; }

    public required PromotionAction Action { get; init; }

    /// <summary>Whether it was put there though it is worse, or cannot be compared.</summary>
    public required bool IsForced { get; init; }

    public required string Reason { get; init; }

    public required string DecidedBy { get; init; }

    public required DateTime DecidedAt { get; init; }
}
