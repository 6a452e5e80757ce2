namespace Tradepost.Learning.Regression.Linear;

/// <summary>
/// Ridge regression: minimises ‖y − Xw‖² + alpha ‖w‖² (A. Hoerl, R. Kennard, Technometrics 12, 1970). Solved as
/// <see cref="LinearRegression"/>.
/// </summary>
public static class Ridge
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
        RidgeOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        options ??= new RidgeOptions();
        InputRules.Require(options.Alpha >= 0 && double.IsFinite(options.Alpha), "alpha", options.Alpha, "0 or more");
        return Fit("ridge", features, target, options.Alpha, options.FitIntercept, options.NJobs, cancellationToken);
    }

    internal static LinearModel Fit(
        string model,
        FeatureTable features,
        ReadOnlySpan<double> target,
        double alpha,
        bool intercept,
        int? threads,
        CancellationToken cancellationToken
    )
    {
        InputRules.CheckFit(features, target, least: 2);
        LinearSize.Of(model, features.Rows, features.Columns, threads).Check(nameof(features));
        return features.Columns > features.Rows
            ? RowRidge.Fit(model, features, target, alpha, intercept, threads, cancellationToken)
            : FitByColumns(model, features, target, alpha, intercept, threads, cancellationToken);
    }

    /// <summary>With an unknown per column.</summary>
    internal static LinearModel FitByColumns(
        string model,
        FeatureTable features,
        ReadOnlySpan<double> target,
        double alpha,
        bool intercept,
        int? threads,
        CancellationToken cancellationToken
    )
    {
        var moments = CentredProducts.Of(features, target, intercept, threads, cancellationToken);
        var quick = MomentModel.Solve(
            model,
            features.Names,
            features.Rows,
            moments.Means,
            moments.Products,
            alpha,
            cancellationToken,
            out var share
        );
        if (share > RidgeSolver.Independent)
        {
            return quick;
        }

        var problem = LeastSquares.Of(features, target, intercept, threads, cancellationToken);
        var penalty = new double[problem.Columns];
        for (var j = 0; j < penalty.Length; j++)
        {
            penalty[j] = alpha / (problem.Scaled.Scales[j] * problem.Scaled.Scales[j]);
        }

        return problem.Model(model, RidgeSolver.Solve(problem, penalty, cancellationToken), 0, null);
    }
}
