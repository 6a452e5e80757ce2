namespace Tradepost.Training.Registry;

/// <summary>One metric of two versions.</summary>
/// <param name="Candidate">That of the version that is looked at; NaN where it has none.</param>
/// <param name="Production">That of the one in production; NaN where it has none.</param>
/// <param name="IsSameData">Whether both were measured on the same data.</param>
internal readonly record struct Duel(double Candidate, double Production, bool IsSameData)
{
    /// <summary>On the data of whichever of the two was judged beside the other; else each by what it was registered with.</summary>
    public static Duel Of(ModelVersion candidate, ModelVersion production, string metric)
    {
        if (candidate.Rival is { } theirs && theirs.Version == production.Version)
        {
            return new Duel(Value(candidate, metric), theirs.Values.GetValueOrDefault(metric, double.NaN), IsSameData: true);
        }

        return production.Rival is { } mine && mine.Version == candidate.Version
            ? new Duel(mine.Values.GetValueOrDefault(metric, double.NaN), Value(production, metric), IsSameData: true)
            : new Duel(Value(candidate, metric), Value(production, metric), candidate.DataFingerprint == production.DataFingerprint);
    }

    private static double Value(ModelVersion version, string metric) =>
        version.Metrics.TryGetValue(metric, out var found) ? found.Value : double.NaN;
}
