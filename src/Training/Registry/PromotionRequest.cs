namespace Tradepost.Training.Registry;

/// <summary>Who wants a version in production, and why.</summary>
public sealed record PromotionRequest
{
    /// <summary>Who decides.</summary>
    public required string By { get; init; }

    /// <summary>Why, in one line; may be empty.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Also a version that is worse than what it replaces.</summary>
    public bool Force { get; init; }
}
