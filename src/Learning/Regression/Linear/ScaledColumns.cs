using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Regression.Linear;

/// <summary>
/// Columns less their mean, in units of their deviation, one after another and padded with zeros. Sums over rows are taken slab by slab and
/// the slabs added in order, so that they do not depend on the number of threads.
/// </summary>
internal sealed class ScaledColumns
{
    private const int Padding = 8;
    private const int MaximumSlabs = 32;
    private const int LeastSlab = 2048;

    private readonly double[] values;
    private readonly int slabs;
    private readonly ParallelOptions parallel;

    private ScaledColumns(int rows, int columns, int threads, CancellationToken cancellationToken)
    {
        (Rows, Columns, Stride) = (rows, columns, (rows + Padding - 1) / Padding * Padding);
        values = GC.AllocateUninitializedArray<double>(Stride * columns);
        (Means, Scales, IsConstant) = (new double[columns], new double[columns], new bool[columns]);
        slabs = Math.Clamp(rows / LeastSlab, 1, MaximumSlabs);
        parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
    }

    /// <summary>How many threads there are, and the token that ends them.</summary>
    public ParallelOptions Threads => parallel;

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Values from one column to the next.</summary>
    public int Stride { get; }

    public double[] Means { get; }

    /// <summary>Population deviations, or root mean squares without an intercept; 1 for a constant column.</summary>
    public double[] Scales { get; }

    public bool[] IsConstant { get; }

    /// <summary>Whether a value is NaN; the columns are of no use then.</summary>
    public bool HasMissing { get; private set; }

    /// <summary>Scales them; what is computed with them later ends when the token is cancelled, too.</summary>
    public static ScaledColumns Of(FeatureTable features, bool centre, int threads, CancellationToken cancellationToken)
    {
        var scaled = new ScaledColumns(features.Rows, features.Columns, threads, cancellationToken);
        Parallel.For(0, features.Columns, scaled.parallel, column => scaled.Fill(features.Column(column), column, centre));
        return scaled;
    }

    public static double Mean(ReadOnlySpan<double> x)
    {
        var mean = Sums.Of(x) / x.Length;

        // A second round takes out what rounding left of a mean that is large beside the deviation.
        return mean + (Sums.OfDifferences(x, mean) / x.Length);
    }

    public ReadOnlySpan<double> Column(int column) => values.AsSpan(column * Stride, Stride);

    /// <summary>Zᵀr; r is as long as a column with its padding.</summary>
    public void TransposedProduct(double[] r, double[] result) => Sum(Columns, result, (from, length, sums) =>
        {
            for (var j = 0; j < Columns; j++)
            {
                sums[j] = Kernels.Dot(values.AsSpan((j * Stride) + from, length), r.AsSpan(from, length));
            }
        });

    /// <summary>r = y − Zu.</summary>
    public void Residual(double[] y, double[] u, double[] r) =>
        EachSlab(
            (from, length) =>
            {
                var part = r.AsSpan(from, length);
                y.AsSpan(from, length).CopyTo(part);
                for (var j = 0; j < Columns; j++)
                {
                    if (u[j] != 0)
                    {
                        Kernels.AddScaled(-u[j], values.AsSpan((j * Stride) + from, length), part);
                    }
                }
            }
        );

    /// <summary>ZᵀWZ, both triangles, row by row; without weights ZᵀZ.</summary>
    public void Gram(double[] gram, double[]? weights = null)
    {
        Sum(Columns * Columns, gram, (from, length, sums) =>
            GramKernel.Add(
                values.AsSpan(from),
                Stride,
                Columns,
                length,
                weights is null ? default : weights.AsSpan(from, length),
                sums,
                parallel.CancellationToken
            )
        );
        for (var i = 0; i < Columns; i++)
        {
            for (var j = i + 1; j < Columns; j++)
            {
                gram[(i * Columns) + j] = gram[(j * Columns) + i];
            }
        }
    }

    /// <summary>Zᵀzⱼ.</summary>
    public void GramColumn(int column, double[] result) => Sum(Columns, result, (from, length, sums) =>
        {
            var one = values.AsSpan((column * Stride) + from, length);
            for (var j = 0; j < Columns; j++)
            {
                sums[j] = Kernels.Dot(values.AsSpan((j * Stride) + from, length), one);
            }
        });

    /// <summary>Runs an action for each slab: its first row and length; the last one includes the padding.</summary>
    private void EachSlab(Action<int, int> action) => Parallel.For(0, slabs, parallel, slab =>
        {
            var (from, to) = (Border(slab), Border(slab + 1));
            action(from, to - from);
        });

    /// <summary>Adds up what each slab computes, in order.</summary>
    public void Sum(int size, Span<double> total, SlabSum action) =>
        Slabs.Sum(slabs, size, parallel, total, (slab, sums) => action(Border(slab), Border(slab + 1) - Border(slab), sums));

    private int Border(int slab) => slab == slabs ? Stride : (int)((long)Stride * slab / slabs) / Padding * Padding;

    private void Fill(ReadOnlySpan<double> x, int column, bool centre)
    {
        var z = values.AsSpan(column * Stride, Stride);
        var mean = Means[column] = centre ? x[0] + (Sums.OfDifferences(x, x[0]) / x.Length) : 0;
        var scale = Math.Sqrt(Sums.Subtract(x, mean, z) / x.Length);
        z[x.Length..].Clear();
        if (double.IsNaN(scale))
        {
            HasMissing = true;
        }

        // A column that varies by no more than the rounding of its values is constant.
        IsConstant[column] = !(scale > 1e-13 * Math.Abs(mean));
        Scales[column] = IsConstant[column] ? 1 : scale;
        if (IsConstant[column])
        {
            z.Clear();
            return;
        }

        Sums.Multiply(z, 1 / scale);
    }
}
