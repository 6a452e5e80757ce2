namespace Tradepost.Trading.Collecting;

/// <summary>How long a connection may be quiet.</summary>
public sealed record WatchdogOptions
{
    /// <summary>Nothing at all comes.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Nothing came after the subscription was acknowledged.</summary>
    public TimeSpan Unserved { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Nothing came of one stream since its subscription was acknowledged, while others come: a symbol that is not traded any more looks
    /// so.
    /// </summary>
    public TimeSpan Unheard { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The least silence of one stream that counts, however often it usually comes.</summary>
    public TimeSpan Silent { get; init; } = TimeSpan.FromSeconds(5);
}
