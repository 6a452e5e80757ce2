using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Regression.Trees;

/// <summary>How the values of one column become bins 0 … 254; 255 is for what is missing.</summary>
internal sealed class FeatureBins
{
    public const byte Missing = 255;

    /// <summary>Quantiles of so many rows are as good as those of all.</summary>
    private const int SampledRows = 65_536;

    private readonly double[] borders;
    private readonly int[] categories;

    private FeatureBins(double[] borders, int[] categories, bool isCategorical)
    {
        (this.borders, this.categories, IsCategorical) = (borders, categories, isCategorical);
        Count = isCategorical ? categories.Length : borders.Length + 1;
    }

    public bool IsCategorical { get; }

    /// <summary>Bins in use, without that of missing values.</summary>
    public int Count { get; }

    public static FeatureBins Of(ReadOnlySpan<double> values, bool isCategorical, int most) =>
        isCategorical ? new FeatureBins([], MostFrequent(values, most), true) : new FeatureBins(Borders(values, most), [], false);

    /// <summary>
    /// The greatest value of a bin: rows at or below it go left. Infinite for the last bin, which is split from missing values only.
    /// </summary>
    public double Threshold(int bin) => bin < borders.Length ? borders[bin] : double.PositiveInfinity;

    public int Category(int bin) => categories[bin];

    public void Write(ReadOnlySpan<double> values, Span<byte> bins)
    {
        if (IsCategorical)
        {
            var positions = categories.Select((code, bin) => (code, bin)).ToDictionary(pair => pair.code, pair => (byte)pair.bin);
            for (var row = 0; row < values.Length; row++)
            {
                bins[row] = !double.IsNaN(values[row]) && positions.TryGetValue((int)values[row], out var bin) ? bin : Missing;
            }

            return;
        }

        // Padded to 255 so that the search has eight steps for every value and no branch.
        var padded = new double[256];
        padded.AsSpan().Fill(double.PositiveInfinity);
        borders.CopyTo(padded, 0);
        for (var row = 0; row < values.Length; row++)
        {
            var value = values[row];
            var at = 0;
            at += value > padded[at + 127] ? 128 : 0;
            at += value > padded[at + 63] ? 64 : 0;
            at += value > padded[at + 31] ? 32 : 0;
            at += value > padded[at + 15] ? 16 : 0;
            at += value > padded[at + 7] ? 8 : 0;
            at += value > padded[at + 3] ? 4 : 0;
            at += value > padded[at + 1] ? 2 : 0;
            at += value > padded[at] ? 1 : 0;
            bins[row] = double.IsNaN(value) ? Missing : (byte)at;
        }
    }

    /// <summary>Half way between neighbours where there are few values; else at quantiles.</summary>
    private static double[] Borders(ReadOnlySpan<double> values, int most)
    {
        var sorted = Sample(values);
        Array.Sort(sorted);
        var distinct = Distinct(sorted, most + 1);
        var found = new List<double>(most);
        if (distinct.Count <= most)
        {
            for (var i = 1; i < distinct.Count; i++)
            {
                found.Add(Between(distinct[i - 1], distinct[i]));
            }

            return [.. found];
        }

        for (var i = 1; i < most; i++)
        {
            var border = Quantiles.OfSorted(sorted, (double)i / most);
            if (border < sorted[^1] && (found.Count == 0 || border > found[^1]))
            {
                found.Add(border);
            }
        }

        return [.. found];
    }

    private static double Between(double below, double above)
    {
        var middle = below + ((above - below) / 2);
        return middle < above ? middle : below;
    }

    private static double[] Sample(ReadOnlySpan<double> values)
    {
        var step = Math.Max(1.0, (double)values.Length / SampledRows);
        var sample = new double[Math.Min(values.Length, SampledRows)];
        var count = 0;
        for (var i = 0; i < sample.Length; i++)
        {
            var value = values[(int)(i * step)];
            if (!double.IsNaN(value))
            {
                sample[count++] = value;
            }
        }

        return sample[..count];
    }

    private static List<double> Distinct(double[] sorted, int most)
    {
        var distinct = new List<double>();
        foreach (var value in sorted)
        {
            if (distinct.Count == 0 || value > distinct[^1])
            {
                distinct.Add(value);
                if (distinct.Count == most)
                {
                    break;
                }
            }
        }

        return distinct;
    }

    private static int[] MostFrequent(ReadOnlySpan<double> values, int most)
    {
        var counts = new Dictionary<int, int>();
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
            {
                counts[(int)value] = counts.GetValueOrDefault((int)value) + 1;
            }
        }

        return [.. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Take(most).Select(pair => pair.Key).Order()];
    }
}
