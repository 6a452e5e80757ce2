using Tradepost.Jobs.Upkeep;

namespace Tradepost.Jobs;

/// <summary>The times by which processes find each other alive, and how much is kept.</summary>
public sealed record JobHostOptions
{
    /// <summary>A worker that has not been heard of for so long has lost its runs to others.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a worker renews its leases and looks for orphaned runs.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often logs and progress of running runs are written down.</summary>
    public TimeSpan Flush { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long an idle worker waits before it asks the queue though nobody has woken it.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long runs and what belongs to them are kept.</summary>
    public RetentionOptions Retention { get; init; } = new();

    /// <summary>Characters of log that are kept of one attempt.</summary>
    public int LogLimit { get; init; } = 1_000_000;
}
