namespace Tradepost.Tests.Support;

/// <summary>
/// A clock that stands still until a test moves it. Timers fire inside <see cref="Advance"/>, in the order they are due.
/// With <see cref="SkipsDelays"/> a delay takes no real time: it moves the clock by itself.
/// </summary>
public sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private DateTimeOffset now = start;
    private TaskCompletionSource waited = NewSignal();

    public ManualTime()
        : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>Whether whoever waits is let through at once, with the clock moved by the time of the wait.</summary>
    public bool SkipsDelays { get; init; }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Sets the clock without firing what would have been due; it may go back.</summary>
    public void Set(DateTimeOffset value)
    {
        lock (gate)
        {
            now = value;
        }
    }

    /// <summary>Completes once a timer is pending: whoever is tested has come to wait for the clock.</summary>
    public Task UntilSomebodyWaitsAsync()
    {
        lock (gate)
        {
            return timers.Count > 0 ? Task.CompletedTask : waited.Task;
        }
    }

    public void Advance(TimeSpan by)
    {
        var target = GetUtcNow() + by;
        while (NextDue(target) is { } timer)
        {
            timer.Fire();
        }

        Set(target);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ManualTimer? NextDue(DateTimeOffset limit)
    {
        lock (gate)
        {
            var timer = timers.Where(t => t.Due <= limit).MinBy(t => t.Due);
            if (timer is not null)
            {
                now = timer.Due > now ? timer.Due : now;
                timer.Due += timer.Period;
                if (timer.Period == TimeSpan.Zero)
                {
                    timers.Remove(timer);
                }
            }

            return timer;
        }
    }

    private void Schedule(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        var skips = SkipsDelays && dueTime >= TimeSpan.Zero && period <= TimeSpan.Zero;
        lock (gate)
        {
            timers.Remove(timer);
            timer.Due = now + dueTime;
            timer.Period = period < TimeSpan.Zero ? TimeSpan.Zero : period;
            if (skips)
            {
                now = timer.Due;
            }
            else if (dueTime != Timeout.InfiniteTimeSpan)
            {
                timers.Add(timer);
                waited.SetResult();
                waited = NewSignal();
            }
        }

        if (skips)
        {
            ThreadPool.QueueUserWorkItem(_ => timer.Fire());
        }
    }

    private void Remove(ManualTimer timer)
    {
        lock (gate)
        {
            timers.Remove(timer);
        }
    }

    private sealed class ManualTimer(ManualTime time, Action fire) : ITimer
    {
        private volatile bool disposed;

        public DateTimeOffset Due { get; set; }

        public TimeSpan Period { get; set; }

        public void Fire()
        {
            if (!disposed)
            {
                fire();
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (disposed)
            {
                return false;
            }

            time.Schedule(this, dueTime, period);
            return true;
        }

        public void Dispose()
        {
            disposed = true;
            time.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
