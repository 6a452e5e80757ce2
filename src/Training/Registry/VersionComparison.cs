namespace Tradepost.Training.Registry;

/// <summary>A version beside the one in production, figure by figure.</summary>
public static class VersionComparison
{
    /// <summary>The version's figures, each with that of production and which is better. Production itself compares with nothing.</summary>
    public static IReadOnlyList<ComparedMetric> Of(ModelVersion version, ModelVersion? production)
    {
        ArgumentNullException.ThrowIfNull(version);
        return
        [
            .. version.Metrics.Select(metric =>
                Of(version, production?.Version == version.Version ? null : production, metric.Key, metric.Value)
            ),
        ];
    }

    private static ComparedMetric Of(ModelVersion version, ModelVersion? production, string name, Metric metric)
    {
        var duel = production is null ? (Duel?)null : Duel.Of(version, production, name);
        return new ComparedMetric
        {
            Name = name,
            Value = metric.Value,
            Aim = metric.Aim,
            Target = metric.Target,
            Baseline = metric.Baseline,
            Compared = Known(duel?.Candidate),
            Production = Known(duel?.Production),
            Verdict = duel is { } both ? metric.Compare(both.Candidate, both.Production) : Verdict.Unknown,
            IsSameData = duel?.IsSameData ?? false,
            Decides = name == version.DecidingMetric,
        };
    }

    private static double? Known(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
