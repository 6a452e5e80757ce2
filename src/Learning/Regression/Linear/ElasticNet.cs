namespace Tradepost.Learning.Regression.Linear;

/// <summary>
/// Elastic net: minimises ‖y − Xw‖²/2n + alpha l1_ratio ‖w‖₁ + alpha (1 − l1_ratio)/2 ‖w‖² (H. Zou, T. Hastie, JRSS B 67, 2005).
/// Coordinate descent with covariance updates (J. Friedman and others, Journal of Statistical Software 33, 2010) on the coordinates that
/// a gap-safe rule leaves (E. Ndiaye and others, JMLR 18, 2017), until the duality gap is under the tolerance.
/// </summary>
public static class ElasticNet
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
        ElasticNetOptions? options = null,
        CancellationToken cancellationToken = default
    ) => Fit("elastic_net", features, target, options ?? new ElasticNetOptions(), cancellationToken);

    internal static LinearModel Fit(
        string model,
        FeatureTable features,
        ReadOnlySpan<double> target,
        ElasticNetOptions options,
        CancellationToken cancellationToken
    )
    {
        InputRules.Require(options.Alpha >= 0 && double.IsFinite(options.Alpha), "alpha", options.Alpha, "0 or more");
        InputRules.Require(options.L1Ratio is >= 0 and <= 1, "l1_ratio", options.L1Ratio, "0 to 1");
        InputRules.Require(options.Tol > 0, "tol", options.Tol, "above 0");
        InputRules.Require(options.MaxIter >= 1, "max_iter", options.MaxIter, "1 or more");
        if (options.Alpha * options.L1Ratio == 0)
        {
            // Without |w| this is ridge regression with the same penalty in units of the sum of squares.
            return Ridge.Fit(
                model,
                features,
                target,
                options.Alpha * features.Rows,
                options.FitIntercept,
                options.NJobs,
                cancellationToken
            );
        }

        InputRules.CheckFit(features, target, least: 2);
        LinearSize.Of(model, features.Rows, features.Columns, options.NJobs).Check(nameof(features));

        var problem = LeastSquares.Of(features, target, options.FitIntercept, options.NJobs, cancellationToken);
        var descent = new CoordinateDescent(
            problem,
            options.Alpha * options.L1Ratio * problem.Rows,
            options.Alpha * (1 - options.L1Ratio) * problem.Rows,
            cancellationToken
        );
        var (coefficients, sweeps, gap) = descent.Solve(options.Tol, options.MaxIter);
        return problem.Model(model, coefficients, sweeps, gap);
    }
}
