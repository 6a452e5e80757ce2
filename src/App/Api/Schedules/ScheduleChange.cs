using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Jobs.Schedules;
using Tradepost.Serving.Requests;

namespace Tradepost.App.Api.Schedules;

/// <summary>A schedule as it is to be, with the arguments of its job.</summary>
internal sealed record ScheduleChange : IHasArguments
{
    [Required]
    [Description("The job to start.")]
    public string Job { get; init; } = "";

    [Required]
    [Description("When: minute, hour, day of the month, month, day of the week.")]
    public string Cron { get; init; } = "";

    [Description("The time zone that the cron expression is read in, by its IANA name.")]
    public string TimeZone { get; init; } = "UTC";

    [Description("What happens when nobody was there at the time.")]
    public MisfirePolicy Misfire { get; init; } = MisfirePolicy.RunOnce;

    [Description("What happens when a run that excludes the scheduled one is still active.")]
    public OverlapPolicy Overlap { get; init; } = OverlapPolicy.Skip;

    [Description("Whether it starts nothing until it is resumed.")]
    public bool IsPaused { get; init; }
}
