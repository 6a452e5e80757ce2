using System.Text.Json.Nodes;
using Tradepost.Jobs.Rights;

namespace Tradepost.Jobs.Schedules;

/// <summary>A cron expression that starts a job with fixed arguments. Times are UTC.</summary>
public sealed record Schedule
{
    public required string Name { get; init; }

    public required string Job { get; init; }

    public required JsonObject Arguments { get; init; }

    public required string Cron { get; init; }

    public required string TimeZone { get; init; }

    public required MisfirePolicy Misfire { get; init; }

    public required OverlapPolicy Overlap { get; init; }

    public required bool IsPaused { get; init; }

    /// <summary>When it starts its job next; null while it is paused.</summary>
    public required DateTime? NextAt { get; init; }

    public required string ChangedBy { get; init; }

    public required DateTime ChangedAt { get; init; }

    /// <summary>The rights of whoever set it, which its runs have.</summary>
    internal AskerRole SetAs { get; init; }
}
