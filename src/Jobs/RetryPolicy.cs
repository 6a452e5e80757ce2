namespace Tradepost.Jobs;

/// <summary>How often a run is tried when it fails for a passing reason or its process dies, and how long it waits in between.</summary>
/// <param name="MaxAttempts">Attempts in all, the first included.</param>
/// <param name="FirstPause">The wait before the second attempt; it doubles from attempt to attempt.</param>
/// <param name="LongestPause">The most it grows to.</param>
public sealed record RetryPolicy(int MaxAttempts, TimeSpan FirstPause, TimeSpan LongestPause)
{
    /// <summary>Three attempts, after 5 and 10 seconds.</summary>
    public static RetryPolicy Default { get; } = new(3, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5));

    /// <summary>One attempt: for work that must not be repeated without somebody's decision.</summary>
    public static RetryPolicy Never { get; } = new(1, TimeSpan.Zero, TimeSpan.Zero);

    internal TimeSpan PauseAfter(int attempt)
    {
        var pause = FirstPause * Math.Pow(2, Math.Clamp(attempt - 1, 0, 30));
        return pause < LongestPause ? pause : LongestPause;
    }
}
