using Tradepost.Learning.Forecasting;
using Tradepost.Learning.Numerics;
using Tradepost.Learning.Regression;

namespace Tradepost.Learning.Tests.Stopping;

/// <summary>Many rows of noise.</summary>
internal static class SomeRows
{
    private const int Half = 2100;

    public static (FeatureTable Table, double[] Target) Square() => Of(4400, 4200);

    public static (FeatureTable Table, double[] Target) Wide() => Of(4200, 4400);

    /// <summary>The second half of the columns is the first again.</summary>
    public static (FeatureTable Table, double[] Target) Dependent()
    {
        var (table, target) = Of(4400, Half);
        double[][] columns = [.. Enumerable.Range(0, Half).Select(column => table.Column(column).ToArray())];
        return (new FeatureTable(Names(2 * Half), [.. columns, .. columns]), target);
    }

    public static (FeatureTable Table, double[] Target) Of(int rows, int columns)
    {
        var random = new RandomStream(rows);
        double[][] values = [.. Enumerable.Range(0, columns).Select(_ => Noise(rows, random))];
        return (new FeatureTable(Names(columns), values), Noise(rows, random));
    }

    /// <summary>Each column is the one before it and a little noise: a long narrow valley.</summary>
    public static (FeatureTable Table, double[] Target) Alike(int rows, int columns)
    {
        var (table, target) = Of(rows, columns);
        var values = new double[columns][];
        for (var column = 0; column < columns; column++)
        {
            values[column] = table.Column(column).ToArray();
            for (var row = 0; column > 0 && row < rows; row++)
            {
                values[column][row] = values[column - 1][row] + (0.3 * values[column][row]);
            }
        }

        return (new FeatureTable(Names(columns), values), target);
    }

    /// <summary>One column many times, which takes the memory of one.</summary>
    public static (FeatureTable Table, double[] Target) Repeated(int rows, int columns)
    {
        var random = new RandomStream(rows);
        return (new FeatureTable(Names(columns), [.. Enumerable.Repeat(Noise(rows, random), columns)]), Noise(rows, random));
    }

    public static double[] Labels(ReadOnlySpan<double> target) => Array.ConvertAll(target.ToArray(), value => value > 0 ? 1.0 : 0);

    public static TimeSeries Series(int rows, TimeSpan? step = null)
    {
        var (start, each) = (new DateTime(1950, 1, 1), step ?? TimeSpan.FromDays(1));
        return new TimeSeries
        {
            Times = [.. Enumerable.Range(0, rows).Select(i => start + (i * each))],
            Values = Noise(rows, new RandomStream(5)),
        };
    }

    private static double[] Noise(int rows, RandomStream random)
    {
        var values = new double[rows];
        for (var i = 0; i < rows; i++)
        {
            values[i] = (2 * random.NextDouble()) - 1;
        }

        return values;
    }

    private static IReadOnlyList<string> Names(int columns) => [.. Enumerable.Range(0, columns).Select(column => $"x{column}")];
}
