using System.Globalization;
using System.IO.Compression;
using Tradepost.Tests.Support;
using Tradepost.Trading.Features;

namespace Tradepost.Trading.Tests.Returns;

/// <summary>Hourly candles of a symbol with a dozen features, computed here and apart from those of the product.</summary>
internal static class HourlyRows
{
    private static readonly int[] Lags = [1, 2, 3, 6, 12, 24, 48, 168];

    /// <summary>The hours of a file of the shared data; hours that are missing are filled with the close before.</summary>
    public static FeatureSeries Real(string symbol)
    {
        var path = SharedData.Path($"data/trading/candles/pixelalpha_{symbol}_1h_2020_2024.csv.gz");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var bars = new SortedDictionary<DateTime, double[]>();
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            var open = DateTimeOffset.Parse(cells[0], CultureInfo.InvariantCulture).UtcDateTime;
            bars[open.AddHours(1)] = [.. cells[1..].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
        }

        var (times, rows, whole) = (new List<DateTime>(), new List<double[]>(), new List<bool>());
        foreach (var (time, bar) in bars)
        {
            while (times.Count > 0 && times[^1].AddHours(1) < time)
            {
                times.Add(times[^1].AddHours(1));
                rows.Add([rows[^1][3], rows[^1][3], rows[^1][3], rows[^1][3], 0]);
                whole.Add(false);
            }

            times.Add(time);
            rows.Add(bar);
            whole.Add(true);
        }

        return Of(symbol, times, rows, whole);
    }

    /// <summary>A walk of random steps, in which a share of each step is what the step before foretells.</summary>
    public static FeatureSeries Made(int hours, double signal = 0, int seed = 1, string symbol = "MADEUSDT")
    {
        var random = new Random(seed);
        var (times, rows, whole) = (new List<DateTime>(), new List<double[]>(), new List<bool>());
        var (close, last) = (100.0, 0.0);
        for (var i = 0; i < hours; i++)
        {
            var noise = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            last = (0.006 * noise) + (signal * last);
            var open = close;
            close *= Math.Exp(last);
            times.Add(new DateTime(2022, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(i + 1));
            rows.Add([open, Math.Max(open, close) * 1.001, Math.Min(open, close) * 0.999, close, 100 + (50 * random.NextDouble())]);
            whole.Add(true);
        }

        return Of(symbol, times, rows, whole);
    }

    /// <summary>The first rows of a series.</summary>
    public static FeatureSeries First(FeatureSeries series, int rows) =>
        series with
        {
            Times = [.. series.Times.Take(rows)],
            Closes = [.. series.Closes.Take(rows)],
            Whole = [.. series.Whole.Take(rows)],
            Columns = [.. series.Columns.Select(column => column[..rows])],
        };

    private static FeatureSeries Of(string symbol, List<DateTime> times, List<double[]> rows, List<bool> whole)
    {
        double[] closes = [.. rows.Select(row => row[3])];
        double[] steps = [.. closes.Select((close, t) => t == 0 ? 0 : Math.Log(close / closes[t - 1]))];
        var features = new List<(string Name, Func<int, double> Value, int LookBack)>();
        features.AddRange(Lags.Select(lag => ($"ret_{lag}", (Func<int, double>)(t => Math.Log(closes[t] / closes[t - lag])), lag)));
        features.Add(("vol_24", t => Deviation(steps.AsSpan((t - 23)..(t + 1))), 24));
        features.Add(("vol_168", t => Deviation(steps.AsSpan((t - 167)..(t + 1))), 168));
        features.Add(("to_mean_24", t => (closes[t] / Mean(closes.AsSpan((t - 23)..(t + 1)))) - 1, 24));
        features.Add(("to_mean_168", t => (closes[t] / Mean(closes.AsSpan((t - 167)..(t + 1)))) - 1, 168));
        features.Add(("range", t => (rows[t][1] - rows[t][2]) / closes[t], 0));
        features.Add(("volume_change", t => Math.Log((1 + rows[t][4]) / (1 + rows[t - 1][4])), 1));
        features.Add(("hour_sin", t => Math.Sin(2 * Math.PI * times[t].Hour / 24), 0));
        features.Add(("hour_cos", t => Math.Cos(2 * Math.PI * times[t].Hour / 24), 0));
        return new FeatureSeries(
            symbol,
            times,
            closes,
            whole,
            [.. features.Select(feature => feature.Name)],
            [
                .. features.Select(feature =>
                    Enumerable.Range(0, times.Count).Select(t => t < feature.LookBack ? double.NaN : feature.Value(t)).ToArray()
                ),
            ]
        );
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    private static double Deviation(ReadOnlySpan<double> values)
    {
        var (mean, squares) = (Mean(values), 0.0);
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return Math.Sqrt(squares / values.Length);
    }
}
