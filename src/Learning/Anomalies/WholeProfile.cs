using Tradepost.Learning.Forecasting;
using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Anomalies;

/// <summary>
/// What each row of a whole series should be: the mean of its neighbours, or the median at its time of the day or of the week, whichever
/// has the least mean absolute error.
/// </summary>
internal sealed class WholeProfile
{
    private const int LevelRows = 3;
    private const double SeasonsWorth = 0.9;
    private const int RowsBetweenLooks = 4096;

    private readonly double[] expected;
    private readonly double below;
    private readonly double above;

    public WholeProfile(TimeSeries series, int[] rows, double width, CancellationToken cancellationToken)
    {
        var candidates = new[]
        {
            Neighbours(series, rows, cancellationToken),
            Medians(series, rows, Expectation.DaySlot, cancellationToken),
            Medians(series, rows, Expectation.WeekSlot, cancellationToken),
        };
        var errors = candidates.Select(candidate => rows.Average(row => Math.Abs(series.Values![row] - candidate[row]))).ToArray();
        var worth = errors[0] * SeasonsWorth;
        Season =
            errors[2] < errors[1] * SeasonsWorth && errors[2] < worth ? Season.Week
            : errors[1] < worth ? Season.Day
            : Season.None;
        expected = candidates[(int)Season];
        cancellationToken.ThrowIfCancellationRequested();
        var residuals = rows.Select(row => series.Values![row] - expected[row]).Order().ToArray();
        below = Math.Min(0, Quantiles.OfSorted(residuals, (1 - width) / 2));
        above = Math.Max(0, Quantiles.OfSorted(residuals, (1 + width) / 2));
    }

    public Season Season { get; }

    public (double Expected, double Lower, double Upper) At(int row) => (expected[row], expected[row] + below, expected[row] + above);

    private static double[] Neighbours(TimeSeries series, int[] rows, CancellationToken cancellationToken)
    {
        var means = new double[series.Times.Length];
        Array.Fill(means, double.NaN);
        for (var i = 0; i < rows.Length; i++)
        {
            if (i % RowsBetweenLooks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var around = Enumerable.Range(i - LevelRows, (2 * LevelRows) + 1).Where(k => k >= 0 && k < rows.Length && k != i).ToArray();
            means[rows[i]] = around.Length == 0 ? series.Values![rows[i]] : around.Average(k => series.Values![rows[k]]);
        }

        // A row without a value is expected to be as the row before it.
        for (var row = 0; row < means.Length; row++)
        {
            means[row] = double.IsNaN(means[row])
                ? row == 0
                    ? means[rows[0]]
                    : means[row - 1]
                : means[row];
        }

        return means;
    }

    private static double[] Medians(TimeSeries series, int[] rows, Func<DateTime, int> slot, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var medians = rows.GroupBy(row => slot(series.Times[row]))
            .ToDictionary(group => group.Key, group => Median([.. group.Select(row => series.Values![row])]));
        var all = Median([.. rows.Select(row => series.Values![row])]);
        return [.. series.Times.Select(time => medians.GetValueOrDefault(slot(time), all))];
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return Quantiles.OfSorted(values, 0.5);
    }
}
