namespace Tradepost.Training.Registry;

/// <summary>A row of the history of what was in production: from this moment on, until the next row.</summary>
public sealed record Promotion
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>Counts a model's promotions from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The version that it is about.</summary>
    public required int Version { get; init; }

    /// <summary>What was in production until then; null when nothing was.</summary>
    public required int? Replaced { get; init; }

    /// <summary>Whether it was promoted or rolled back.</summary>
    public required PromotionAction Action { get; init; }

    /// <summary>Whether it was put there though it is worse, or cannot be compared.</summary>
    public required bool IsForced { get; init; }

    /// <summary>Why, in the words of whoever decided; may be empty.</summary>
    public required string Reason { get; init; }

    /// <summary>Who decided.</summary>
    public required string DecidedBy { get; init; }

    /// <summary>When, in UTC.</summary>
    public required DateTime DecidedAt { get; init; }
}
