using Tradepost.Learning.Regression;
using Tradepost.Trading.Features;

namespace Tradepost.Trading.Returns.Walking;

/// <summary>
/// Features in standard deviations from their mean, both of the training rows, and no further from it than a few. Features that are hardly
/// known there, or constant, are left out; rows without one of the others do not count.
/// </summary>
/// <param name="Features">The names of those that are used.</param>
/// <param name="Means">Of each.</param>
/// <param name="Deviations">Of each, divided by the number of rows; above 0.</param>
/// <param name="Clip">The greatest distance.</param>
internal sealed record FoldScaler(IReadOnlyList<string> Features, double[] Means, double[] Deviations, double Clip)
{
    private const double Constant = 1e-12;

    /// <summary>Learns it from some rows.</summary>
    public static FoldScaler Of(FeatureSeries series, ReadOnlySpan<int> rows, WalkSettings settings)
    {
        var (names, means, deviations) = (new List<string>(), new List<double>(), new List<double>());
        var known = new List<int>();
        for (var column = 0; column < series.Names.Count; column++)
        {
            if (Known(series.Columns[column], rows) >= settings.LeastKnown * rows.Length)
            {
                known.Add(column);
            }
        }

        var complete = Complete([.. known.Select(column => series.Columns[column])], rows);
        foreach (var column in known)
        {
            var (mean, deviation) = Describe(series.Columns[column], complete);
            if (deviation > Constant * Math.Abs(mean))
            {
                names.Add(series.Names[column]);
                means.Add(mean);
                deviations.Add(deviation);
            }
        }

        return new FoldScaler(names, [.. means], [.. deviations], settings.Clip);
    }

    /// <summary>The columns of a series that are used, in order.</summary>
    /// <exception cref="ArgumentException">The series has not got one of them.</exception>
    public double[][] Pick(FeatureSeries series)
    {
        var places = series.Names.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i);
        return
        [
            .. Features.Select(name =>
                places.TryGetValue(name, out var place)
                    ? series.Columns[place]
                    : throw new ArgumentException($"The rows of {series.Symbol} have no feature {name}.", nameof(series))
            ),
        ];
    }

    /// <summary>Those of some rows that have every feature.</summary>
    public static int[] Complete(double[][] columns, ReadOnlySpan<int> rows)
    {
        var complete = new List<int>(rows.Length);
        foreach (var row in rows)
        {
            var isComplete = true;
            for (var column = 0; column < columns.Length && isComplete; column++)
            {
                isComplete = double.IsFinite(columns[column][row]);
            }

            if (isComplete)
            {
                complete.Add(row);
            }
        }

        return [.. complete];
    }

    /// <summary>Scaled rows; they must be complete.</summary>
    public FeatureTable Scale(double[][] columns, ReadOnlySpan<int> rows)
    {
        var scaled = new double[columns.Length][];
        for (var column = 0; column < columns.Length; column++)
        {
            var (from, to) = (columns[column], scaled[column] = new double[rows.Length]);
            var (mean, deviation) = (Means[column], Deviations[column]);
            for (var i = 0; i < to.Length; i++)
            {
                to[i] = Math.Clamp((from[rows[i]] - mean) / deviation, -Clip, Clip);
            }
        }

        return new FeatureTable(Features, scaled);
    }

    private static int Known(double[] values, ReadOnlySpan<int> rows)
    {
        var known = 0;
        foreach (var row in rows)
        {
            known += double.IsFinite(values[row]) ? 1 : 0;
        }

        return known;
    }

    private static (double Mean, double Deviation) Describe(double[] values, ReadOnlySpan<int> rows)
    {
        var sum = 0.0;
        foreach (var row in rows)
        {
            sum += values[row];
        }

        var (mean, squares) = (sum / rows.Length, 0.0);
        foreach (var row in rows)
        {
            squares += (values[row] - mean) * (values[row] - mean);
        }

        return (mean, Math.Sqrt(squares / rows.Length));
    }
}
