namespace Tradepost.Training.Registry;

/// <summary>A version beside the one in production, figure by figure.</summary>
public static class VersionComparison
{
    /// <summary>The version's figures, each with that of production and which is better. Production itself compares with nothing.</summary>
    public static IReadOnlyList<ComparedMetric> Of(ModelVersion version, ModelVersion? production) =>
    [
        .. version.Metrics.Select(metric =>
        {
            var other = production is not null && production.Version != version.Version && production.Metrics.TryGetValue(metric.Key, out var found) ? found.Value : (double?)null;
            return new ComparedMetric
            {
                Name = metric.Key,
                Value = metric.Value.Value,
                Aim = metric.Value.Aim,
                Target = metric.Value.Target,
                Baseline = metric.Value.Baseline,
                Production = other,
                Verdict = other is { } value ? metric.Value.Against(value) : Verdict.Unknown,
                Decides = metric.Key == version.DecidingMetric,
            };
        }),
    ];
}
