using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Regression.Linear;

/// <summary>
/// Least squares and ridge regression of rows that come in portions: what they need of them is kept, not the rows. Means and products are
/// updated as by T. Chan, G. Golub, R. LeVeque (1979). Least squares of nearly dependent columns is more exact from all rows at once. Not
/// for use by several threads at once.
/// </summary>
public sealed class NormalEquations
{
    private readonly int size;
    private readonly double[] means;

    /// <summary>Products about the means of the columns and, last, the target, row by row.</summary>
    private readonly double[] products;

    /// <summary>No rows yet.</summary>
    /// <param name="features">The columns' names.</param>
    /// <exception cref="ArgumentException">No columns.</exception>
    public NormalEquations(IReadOnlyList<string> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Count == 0)
        {
            throw new ArgumentException("There are no columns.", nameof(features));
        }

        LinearSize.OfColumns("ridge", null, features.Count).Check(nameof(features));
        Features = [.. features];
        size = features.Count + 1;
        (means, products) = (new double[size], new double[size * size]);
    }

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<string> Features { get; }

    /// <summary>Rows so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Adds rows.</summary>
    /// <param name="features">The columns, numbers without gaps; at least 1 row.</param>
    /// <param name="target">One finite value per row.</param>
    /// <exception cref="ArgumentException">Other columns, lengths that differ, categories, or values that are not finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; what was added before is still there, and these rows are
    /// not.</exception>
    public void Add(FeatureTable features, ReadOnlySpan<double> target, CancellationToken cancellationToken = default)
    {
        InputRules.CheckPredict(features, Features);
        InputRules.CheckFit(features, target, least: 1);
        InputRules.CheckNumbers(features, nameof(features), cancellationToken);
        var rows = features.Rows;
        var centred = new double[size][];
        var shifts = new double[size];
        for (var i = 0; i < size; i++)
        {
            var values = i < size - 1 ? features.Column(i) : target;
            var mean = ScaledColumns.Mean(values);
            shifts[i] = mean - means[i];
            Sums.Subtract(values, mean, centred[i] = new double[rows]);
        }

        var weight = (double)Rows * rows / (Rows + rows);
        var added = new double[products.Length];
        for (var i = 0; i < size; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var j = 0; j <= i; j++)
            {
                added[(i * size) + j] = Kernels.Dot(centred[i], centred[j]) + (weight * shifts[i] * shifts[j]);
            }
        }

        Kernels.AddScaled(1, added, products);
        Rows += rows;
        Kernels.AddScaled((double)rows / Rows, shifts, means);
    }

    /// <summary>The model of all rows so far, with an intercept.</summary>
    /// <param name="alpha">Weight of the squared coefficients against the sum of squared errors; 0: least squares.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative alpha.</exception>
    /// <exception cref="InvalidOperationException">Fewer than 2 rows.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public LinearModel Solve(double alpha = 0, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(alpha);
        if (Rows < 2)
        {
            throw new InvalidOperationException("A fit needs at least 2 rows.");
        }

        return MomentModel.Solve(alpha == 0 ? "ols" : "ridge", Features, Rows, means, products, alpha, cancellationToken, out _);
    }

    /// <summary>The elastic net of all rows so far, with an intercept; columns of about one scale are settled best.</summary>
    /// <param name="alpha">Weight of the penalty against half the mean squared error; 0 or more.</param>
    /// <param name="l1Ratio">Share of the absolute coefficients in it, 0 to 1; 1 is the lasso.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting out of its range.</exception>
    /// <exception cref="InvalidOperationException">Fewer than 2 rows.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public LinearModel SolveElasticNet(double alpha, double l1Ratio, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(alpha);
        ArgumentOutOfRangeException.ThrowIfNegative(l1Ratio);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(l1Ratio, 1);
        if (alpha * l1Ratio == 0)
        {
            return Solve(alpha * Rows, cancellationToken);
        }

        return Rows < 2
            ? throw new InvalidOperationException("A fit needs at least 2 rows.")
            : MomentElasticNet.Solve(Features, Rows, means, products, alpha, l1Ratio, cancellationToken);
    }
}
