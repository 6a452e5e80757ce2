using Tradepost.Jobs.Alerts;

namespace Tradepost.App.Api.Alerts;

/// <summary>A rule as it is shown; the webhook's path is a secret, so only its host is.</summary>
internal sealed record AlertRuleView
{
    public required string Name { get; init; }

    public required AlertKind Kind { get; init; }

    public required string? Job { get; init; }

    public required string Destination { get; init; }

    public required double? Seconds { get; init; }

    public required string? Metric { get; init; }

    public required double Tolerance { get; init; }

    public required int History { get; init; }

    public static AlertRuleView Of(AlertRule rule) =>
        new()
        {
            Name = rule.Name,
            Kind = rule.Kind,
            Job = rule.Job,
            Destination = rule.Destination,
            Seconds = rule.Time?.TotalSeconds,
            Metric = rule.Metric,
            Tolerance = rule.Tolerance,
            History = rule.History,
        };
}
