using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Regression.Linear;

/// <summary>Means of columns and target and their products about them, in two passes over the rows and without a copy of them.</summary>
internal sealed record CentredProducts(double[] Means, double[] Products)
{
    private const int Run = 512;
    private const int MaximumSlabs = 32;
    private const int LeastSlab = 2048;

    public static CentredProducts Of(
        FeatureTable features,
        ReadOnlySpan<double> target,
        bool intercept,
        int? threads,
        CancellationToken cancellationToken
    )
    {
        InputRules.CheckFit(features, target, least: 2);
        InputRules.CheckNoCategories(features, nameof(features));
        InputRules.CheckThreads(threads);
        var (rows, size, y) = (features.Rows, features.Columns + 1, target.ToArray());
        var means = new double[size];
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount,
            CancellationToken = cancellationToken,
        };
        Parallel.For(0, size, parallel, i =>
        {
            var x = Column(i);
            means[i] = x[0] + (Sums.OfDifferences(x, x[0]) / rows);
        });
        if (Array.Exists(means, double.IsNaN))
        {
            InputRules.CheckNumbers(features, nameof(features), cancellationToken);
        }

        if (!intercept)
        {
            means.AsSpan().Clear();
        }

        // Slabs do not depend on the number of threads, so neither does the rounding.
        var slabs = Math.Clamp(rows / LeastSlab, 1, MaximumSlabs);
        var products = new double[size * size];
        Slabs.Sum(slabs, products.Length, parallel, products, (slab, sums) =>
            AddSlab((int)((long)rows * slab / slabs), (int)((long)rows * (slab + 1) / slabs), sums)
        );
        return new CentredProducts(means, products);

        ReadOnlySpan<double> Column(int i) => i < size - 1 ? features.Column(i) : y;

        void AddSlab(int from, int to, double[] sums)
        {
            var buffer = new double[size * Run];
            for (var row = from; row < to; row += Run)
            {
                var length = Math.Min(Run, to - row);
                for (var i = 0; i < size; i++)
                {
                    Sums.Subtract(Column(i).Slice(row, length), means[i], buffer.AsSpan(i * Run, length));
                    buffer.AsSpan((i * Run) + length, Run - length).Clear();
                }

                GramKernel.Add(buffer, Run, size, (length + 7) / 8 * 8, [], sums, cancellationToken);
            }
        }
    }
}
