namespace Tradepost.Trading.Features.Kinds;

/// <summary>Means of the hours before a row, each added up anew, so that the same hours always give the same bits.</summary>
internal static class Averages
{
    public static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    /// <summary>The root of the mean squared distance from the mean.</summary>
    public static double Deviation(ReadOnlySpan<double> values, double mean)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += (value - mean) * (value - mean);
        }

        return Math.Sqrt(sum / values.Length);
    }

    /// <summary>Weights of an exponential mean that add up to 1, the newest first.</summary>
    /// <param name="alpha">The weight of what is new.</param>
    /// <param name="count">How many values there are; what is older than these is left out.</param>
    public static double[] Exponential(double alpha, int count)
    {
        var weights = new double[count];
        var (weight, sum) = (alpha, 0.0);
        for (var i = 0; i < count; i++)
        {
            weights[i] = weight;
            sum += weight;
            weight *= 1 - alpha;
        }

        for (var i = 0; i < count; i++)
        {
            weights[i] /= sum;
        }

        return weights;
    }

    /// <summary>The sum of weights, the newest first, times the values up to a row.</summary>
    public static double Weighted(ReadOnlySpan<double> weights, ReadOnlySpan<double> values, int row)
    {
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i] * values[row - i];
        }

        return sum;
    }
}
