namespace Tradepost.Trading.Returns.Figures;

/// <summary>How two series go together.</summary>
internal static class Correlation
{
    /// <summary>A spread under this share of a series' size is rounding.</summary>
    private const double Rounding = 1e-12;

    /// <summary>Means, and products about them, of two series of one length.</summary>
    public static (double XX, double YY, double XY) Products(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (meanX, meanY) = (Mean(x), Mean(y));
        var (xx, yy, xy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }

        return (IsRounding(xx, meanX, x.Length) ? 0 : xx, IsRounding(yy, meanY, y.Length) ? 0 : yy, xy);
    }

    /// <summary>Pearson's; null where one of the two does not vary.</summary>
    public static double? Pearson(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length < 2)
        {
            return null;
        }

        var (xx, yy, xy) = Products(x, y);
        return xx > 0 && yy > 0 ? xy / (Math.Sqrt(xx) * Math.Sqrt(yy)) : null;
    }

    /// <summary>Spearman's; null where one of the two does not vary.</summary>
    public static double? Spearman(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => Pearson(Ranks(x), Ranks(y));

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    private static bool IsRounding(double squares, double mean, int count) => Math.Sqrt(squares / count) <= Rounding * Math.Abs(mean);

    private static double[] Ranks(ReadOnlySpan<double> values)
    {
        var (keys, order) = (values.ToArray(), Enumerable.Range(0, values.Length).ToArray());
        Array.Sort(keys, order);
        var ranks = new double[keys.Length];
        for (var i = 0; i < keys.Length; )
        {
            var end = i + 1;
            while (end < keys.Length && keys[end] == keys[i])
            {
                end++;
            }

            for (var k = i; k < end; k++)
            {
                ranks[order[k]] = (i + 1 + end) / 2.0;
            }

            i = end;
        }

        return ranks;
    }
}
