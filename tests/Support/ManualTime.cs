using Microsoft.Extensions.Time.Testing;

namespace Tradepost.Tests.Support;

/// <summary>
/// A clock that stands still until a test moves it; it begins with 2026. With <see cref="SkipsDelays"/> a delay takes no real time:
/// it moves the clock by itself.
/// </summary>
public sealed class ManualTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly TaskCompletionSource waited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ManualTime()
        : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)) { }

    /// <summary>Whether whoever waits is let through at once, with the clock moved by the time of the wait.</summary>
    public bool SkipsDelays { get; init; }

    /// <summary>Sets the clock without firing what would have been due; it may go back.</summary>
    public void Set(DateTimeOffset value) => AdjustTime(value);

    /// <summary>Completes once somebody has come to wait for the clock.</summary>
    public Task UntilSomebodyWaitsAsync() => waited.Task;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var skips = SkipsDelays && dueTime > TimeSpan.Zero && period <= TimeSpan.Zero;
        if (skips)
        {
            Advance(dueTime);
        }

        var timer = base.CreateTimer(callback, state, skips ? TimeSpan.Zero : dueTime, period);
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            waited.TrySetResult();
        }

        return timer;
    }
}
