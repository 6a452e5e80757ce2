namespace Tradepost.Benchmarks.Anomalies;

/// <summary>
/// Scores of a detector by the rules of the Numenta Anomaly Benchmark (A. Lavin, S. Ahmad, Evaluating real-time anomaly
/// detection algorithms, ICMLA 2015): a window counts once, the more the earlier its first alarm; an alarm outside costs the
/// more the farther behind the last window it is; one threshold for all series.
/// </summary>
internal sealed class ThresholdSweep
{
    private const double NoAlarm = 1.1;

    private readonly ScoringProfile profile;
    private readonly List<(double Score, double Worth, int Window)> rows = [];
    private readonly double[] found;

    public ThresholdSweep(ScoringProfile profile, IReadOnlyList<LabelledSeries> series, IReadOnlyList<double[]> scores)
    {
        this.profile = profile;
        var windows = 0;
        for (var i = 0; i < series.Count; i++)
        {
            Add(series[i], scores[i], windows);
            windows += series[i].Windows.Length;
        }

        found = new double[windows];
        rows.Sort((one, other) => other.Score.CompareTo(one.Score));
    }

    /// <summary>The best of all thresholds; the highest where several are.</summary>
    public SweepResult Best()
    {
        Array.Fill(found, -profile.FalseNegative);
        var (total, best, threshold) = (Nothing, Nothing, NoAlarm);
        for (var i = 0; i < rows.Count; i++)
        {
            total += Gain(rows[i]);
            if ((i + 1 == rows.Count || rows[i + 1].Score < rows[i].Score) && total > best)
            {
                (best, threshold) = (total, rows[i].Score);
            }
        }

        return new SweepResult(threshold, best, Normalised(best));
    }

    /// <summary>What a given threshold comes to.</summary>
    public SweepResult At(double threshold)
    {
        Array.Fill(found, -profile.FalseNegative);
        var total = Nothing + rows.TakeWhile(row => row.Score >= threshold).Sum(Gain);
        return new SweepResult(threshold, total, Normalised(total));
    }

    private double Nothing => -profile.FalseNegative * found.Length;

    private double Normalised(double total) =>
        found.Length == 0 ? double.NaN : 100 * (total - Nothing) / ((profile.TruePositive * found.Length) - Nothing);

    private double Gain((double Score, double Worth, int Window) row)
    {
        if (row.Window < 0)
        {
            return row.Worth;
        }

        var gain = Math.Max(row.Worth - found[row.Window], 0);
        found[row.Window] += gain;
        return gain;
    }

    private void Add(LabelledSeries series, double[] scores, int windowsBefore)
    {
        var next = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            while (next < series.Windows.Length && series.Windows[next].Last < i)
            {
                next++;
            }

            if (i < series.Probation)
            {
                continue;
            }

            if (next < series.Windows.Length && series.Windows[next].First <= i)
            {
                var (first, last) = series.Windows[next];
                rows.Add(
                    (scores[i], profile.TruePositive * Sigmoid(-(last - i + 1.0) / (last - first + 1)) / Sigmoid(-1), windowsBefore + next)
                );
            }
            else
            {
                rows.Add((scores[i], profile.FalsePositive * Behind(series.Windows, next - 1, i), -1));
            }
        }
    }

    private static double Behind((int First, int Last)[] windows, int previous, int row) =>
        previous < 0 ? -1 : Sigmoid((row - windows[previous].Last) / (double)(windows[previous].Last - windows[previous].First));

    private static double Sigmoid(double y) => y > 3 ? -1 : (2 / (1 + Math.Exp(5 * y))) - 1;
}
