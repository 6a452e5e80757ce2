namespace Tradepost.Learning.Regression.Linear;

/// <summary>Least squares and ridge regression from means and products alone.</summary>
internal static class MomentModel
{
    /// <summary>Solves it in units of the columns' deviations.</summary>
    /// <param name="model">What it is called.</param>
    /// <param name="features">The columns' names.</param>
    /// <param name="rows">How many rows the products are of.</param>
    /// <param name="means">Of the columns and, last, the target.</param>
    /// <param name="products">About the means, row by row; the lower triangle is read.</param>
    /// <param name="alpha">Weight of the squared coefficients.</param>
    /// <param name="share">The least share of a column that is not in those before it: how many digits squaring has cost.</param>
    public static LinearModel Solve(
        string model,
        IReadOnlyList<string> features,
        long rows,
        double[] means,
        double[] products,
        double alpha,
        CancellationToken cancellationToken,
        out double share
    )
    {
        var (p, size) = (features.Count, features.Count + 1);
        var (gram, pull, penalty, isConstant, scales) = (new double[p * p], new double[p], new double[p], new bool[p], new double[p]);
        for (var i = 0; i < p; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            scales[i] = Math.Sqrt(products[(i * size) + i] / rows);
            isConstant[i] = !(scales[i] > 1e-13 * Math.Abs(means[i]));
            scales[i] = isConstant[i] ? 1 : scales[i];
            penalty[i] = alpha / (scales[i] * scales[i]);
            pull[i] = isConstant[i] ? 0 : products[(p * size) + i] / scales[i];
            for (var j = 0; j <= i; j++)
            {
                gram[(i * p) + j] = gram[(j * p) + i] =
                    isConstant[i] || isConstant[j] ? 0 : products[(i * size) + j] / (scales[i] * scales[j]);
            }
        }

        var u = RidgeSolver.Solve(gram, pull, penalty, isConstant, cancellationToken, out _, out share);
        var intercept = means[p];
        for (var i = 0; i < p; i++)
        {
            u[i] = isConstant[i] ? 0 : u[i] / scales[i];
            intercept -= u[i] * means[i];
        }

        return new LinearModel(model, features, intercept, u, 0, null);
    }
}
