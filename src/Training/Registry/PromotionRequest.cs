namespace Tradepost.Training.Registry;

/// <summary>Who wants a version in production, and why.</summary>
public sealed record PromotionRequest
{
    public required string By { get; init; }

    public string Reason { get; init; } = "";

    /// <summary>Also a version that is worse than what it replaces.</summary>
    public bool Force { get; init; }
}
