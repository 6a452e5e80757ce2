namespace Tradepost.Benchmarks.Anomalies;

/// <summary>The score when each folder is judged by what was chosen on the others.</summary>
internal static class LeaveOneOut
{
    /// <summary>Chooses among candidates (the scores of a detector for each series) and thresholds.</summary>
    public static double Score(ScoringProfile profile, LabelledSeries[] series, IReadOnlyList<double[][]> candidates)
    {
        var (total, windows) = (0.0, 0);
        foreach (var folder in series.Select(one => one.Folder).Distinct())
        {
            var (inside, outside) = (Rows(one => one.Folder == folder), Rows(one => one.Folder != folder));
            var (scores, best) = candidates
                .Select(scores => (scores, Best: Sweep(outside, scores).Best()))
                .MaxBy(candidate => candidate.Best.Total);
            total += Sweep(inside, scores).At(best.Threshold).Total;
            windows += inside.Sum(i => series[i].Windows.Length);
        }

        var nothing = -profile.FalseNegative * windows;
        return 100 * (total - nothing) / ((profile.TruePositive * windows) - nothing);

        int[] Rows(Func<LabelledSeries, bool> which) => [.. Enumerable.Range(0, series.Length).Where(i => which(series[i]))];

        ThresholdSweep Sweep(int[] some, double[][] scores) =>
            new(profile, [.. some.Select(i => series[i])], [.. some.Select(i => scores[i])]);
    }
}
