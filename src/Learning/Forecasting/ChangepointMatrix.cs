namespace Tradepost.Learning.Forecasting;

/// <summary>
/// The matrix A of Prophet's paper: row i has a 1 for every changepoint that is not after tᵢ. As times and changepoints go upwards, the
/// ones of a row come first.
/// </summary>
internal sealed class ChangepointMatrix
{
    private readonly int[] ones;
    private readonly int stride;
    private readonly double[] matrix;
    private readonly double[] sums;

    public ChangepointMatrix(double[] t, double[] changepoints)
    {
        ones = Array.ConvertAll(t, time => changepoints.Count(changepoint => time >= changepoint));
        stride = BlockedSums.StrideOf(changepoints.Length);
        matrix = new double[t.Length * stride];
        sums = new double[stride];
        for (var i = 0; i < t.Length; i++)
        {
            matrix.AsSpan(i * stride, ones[i]).Fill(1);
        }
    }

    /// <summary>target = Av.</summary>
    public void Product(ReadOnlySpan<double> v, Span<double> target)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < target.Length; i++)
        {
            while (count < ones[i])
            {
                sum += v[count++];
            }

            target[i] = sum;
        }
    }

    /// <summary>target += Aᵀv.</summary>
    public void AddTransposedProduct(ReadOnlySpan<double> v, Span<double> target)
    {
        BlockedSums.TransposedProduct(matrix, v, sums);
        for (var j = 0; j < target.Length; j++)
        {
            target[j] += sums[j];
        }
    }

    /// <summary>target = Aᵀv.</summary>
    public void TransposedProduct(ReadOnlySpan<double> v, Span<double> target)
    {
        BlockedSums.TransposedProduct(matrix, v, sums);
        sums.AsSpan(0, target.Length).CopyTo(target);
    }
}
