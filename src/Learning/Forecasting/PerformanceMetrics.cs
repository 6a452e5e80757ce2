using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Forecasting;

/// <summary>Errors of a cross-validation by horizon, with the definitions of Prophet's <c>performance_metrics</c>.</summary>
public static class PerformanceMetrics
{
    private const double SmallestValue = 1e-8;

    /// <summary>The table.</summary>
    /// <param name="rows">Of a cross-validation.</param>
    /// <param name="rollingWindow">The share of all rows that each figure is over, 0 to 1; 0: each horizon by itself.</param>
    /// <returns>One row per horizon, from the first that has a full window before it.</returns>
    /// <exception cref="ArgumentException">No rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A window outside 0 … 1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PerformanceRow[] Of(
        IReadOnlyList<CrossValidationRow> rows,
        double rollingWindow = 0.1,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0)
        {
            throw new ArgumentException("There are no rows to judge.", nameof(rows));
        }

        if (!(rollingWindow is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(rollingWindow), rollingWindow, "The window is a share of the rows, 0 to 1.");
        }

        var sorted = rows.OrderBy(row => row.Horizon).ToArray();
        var window = Math.Clamp((int)(rollingWindow * sorted.Length), 1, sorted.Length);
        var hasShares = sorted.Min(row => Math.Abs(row.Y)) >= SmallestValue;
        var hasIntervals = sorted.All(row => double.IsFinite(row.YhatLower) && double.IsFinite(row.YhatUpper));
        cancellationToken.ThrowIfCancellationRequested();
        var (horizons, mse) = Means(sorted, window, row => (row.Y - row.Yhat) * (row.Y - row.Yhat));
        var mae = Means(sorted, window, row => Math.Abs(row.Y - row.Yhat)).Values;
        var smape = Means(sorted, window, Smape).Values;
        var mape = hasShares ? Means(sorted, window, Share).Values : null;
        var mdape = hasShares ? Medians(sorted, window, Share, cancellationToken) : null;
        var coverage = hasIntervals ? Means(sorted, window, row => row.Y >= row.YhatLower && row.Y <= row.YhatUpper ? 1 : 0).Values : null;
        return
        [
            .. horizons.Select(
                (horizon, i) => new PerformanceRow(horizon, mse[i], Math.Sqrt(mse[i]), mae[i], mape?[i], mdape?[i], smape[i], coverage?[i])
            ),
        ];
    }

    private static double Share(CrossValidationRow row) => Math.Abs((row.Y - row.Yhat) / row.Y);

    private static double Smape(CrossValidationRow row)
    {
        var size = (Math.Abs(row.Y) + Math.Abs(row.Yhat)) / 2;
        return size == 0 ? 0 : Math.Abs(row.Y - row.Yhat) / size;
    }

    /// <summary>
    /// From the farthest horizon backwards: windows of exactly <paramref name="window"/> rows, the oldest horizon counted in part.
    /// </summary>
    private static (TimeSpan[] Horizons, double[] Values) Means(
        CrossValidationRow[] sorted,
        int window,
        Func<CrossValidationRow, double> measure
    )
    {
        var groups = Groups(sorted)
            .Select(group => (Horizon: group[0].Horizon, Count: group.Length, Sum: group.ToArray().Sum(measure)))
            .ToArray();
        var results = new List<(TimeSpan Horizon, double Value)>();
        var (sum, count, end) = (0.0, 0, groups.Length - 1);
        for (var i = groups.Length - 1; i >= 0; i--)
        {
            sum += groups[i].Sum;
            count += groups[i].Count;
            while (count >= window)
            {
                var excess = (count - window) * groups[i].Sum / groups[i].Count;
                results.Add((groups[end].Horizon, (sum - excess) / window));
                sum -= groups[end].Sum;
                count -= groups[end].Count;
                end--;
            }
        }

        results.Reverse();
        return ([.. results.Select(result => result.Horizon)], [.. results.Select(result => result.Value)]);
    }

    /// <summary>The same with medians: single rows of the horizons before are taken, the latest first, until the window is full.</summary>
    private static double[] Medians(
        CrossValidationRow[] sorted,
        int window,
        Func<CrossValidationRow, double> measure,
        CancellationToken cancellationToken
    )
    {
        var results = new List<double>();
        var end = sorted.Length;
        foreach (var group in Groups(sorted).Reverse())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var from = Math.Min(end - window, end - group.Length);
            if (from < 0)
            {
                break;
            }

            results.Add(Quantiles.Median([.. sorted[from..end].Select(measure)]));
            end -= group.Length;
        }

        results.Reverse();
        return [.. results];
    }

    private static CrossValidationRow[][] Groups(CrossValidationRow[] sorted) =>
        [.. sorted.GroupBy(row => row.Horizon).Select(group => group.ToArray())];
}
