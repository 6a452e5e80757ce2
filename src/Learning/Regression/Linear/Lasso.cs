namespace Tradepost.Learning.Regression.Linear;

/// <summary>
/// Lasso: minimises ‖y − Xw‖²/2n + alpha ‖w‖₁ (R. Tibshirani, JRSS B 58, 1996). Solved as <see cref="ElasticNet"/>, of which it is the case
/// l1_ratio = 1.
/// </summary>
public static class Lasso
{
    /// <summary>Fits a model.</summary>
    /// <param name="features">At least 2 rows, numbers without gaps. A constant column gets the coefficient 0.</param>
    /// <param name="target">One finite value per row.</param>
    /// <exception cref="ArgumentException">Too few rows, lengths that differ, categories, values that are not finite, or a setting out of
    /// its range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LinearModel Fit(
        FeatureTable features,
        ReadOnlySpan<double> target,
        LassoOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        options ??= new LassoOptions();
        return ElasticNet.Fit(
            "lasso",
            features,
            target,
            new ElasticNetOptions
            {
                Alpha = options.Alpha,
                L1Ratio = 1,
                FitIntercept = options.FitIntercept,
                MaxIter = options.MaxIter,
                Tol = options.Tol,
                NJobs = options.NJobs,
            },
            cancellationToken
        );
    }
}
