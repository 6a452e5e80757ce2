using System.Text.Json.Nodes;

namespace Tradepost.Jobs.Schedules;

/// <summary>A schedule as somebody sets it.</summary>
public sealed record NewSchedule
{
    /// <summary>Letters, digits, <c>.</c>, <c>_</c> and <c>-</c>; at most 100 of them.</summary>
    public required string Name { get; init; }

    public required string Job { get; init; }

    /// <summary>Five fields: minute, hour, day of the month, month, day of the week.</summary>
    public required string Cron { get; init; }

    public JsonObject Arguments { get; init; } = [];

    /// <summary>By its IANA name, such as <c>Europe/Paris</c>.</summary>
    public string TimeZone { get; init; } = "UTC";

    public MisfirePolicy Misfire { get; init; } = MisfirePolicy.RunOnce;

    public OverlapPolicy Overlap { get; init; } = OverlapPolicy.Skip;

    public bool IsPaused { get; init; }
}
