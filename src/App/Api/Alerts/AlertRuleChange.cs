using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Jobs.Alerts;

namespace Tradepost.App.Api.Alerts;

internal sealed record AlertRuleChange
{
    [Required]
    [Description("What the rule watches for.")]
    public AlertKind Kind { get; init; }

    [Required]
    [Description("The webhook that alerts are posted to.")]
    public string Url { get; init; } = "";

    [Description("The job that is watched; without one every job, where the kind allows that.")]
    public string? Job { get; init; }

    [Description("The time of too_long and missing, such as 30m; for lost, the least that is told of.")]
    public TimeSpan? Time { get; init; }

    [Description("The number in the job's result that drifted watches, such as metrics.rmse.")]
    public string? Metric { get; init; }

    [Description("How far the number may be from the mean before, as a share of it.")]
    [Range(0.0001, 1000.0)]
    public double Tolerance { get; init; } = 0.25;

    [Description("How many runs before make the mean.")]
    [Range(1, 1000)]
    public int History { get; init; } = 10;
}
