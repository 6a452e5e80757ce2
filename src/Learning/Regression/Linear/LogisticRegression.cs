namespace Tradepost.Learning.Regression.Linear;

/// <summary>
/// Logistic regression: minimises C Σ log(1 + e^(−(2y − 1) f)) + ½‖w‖² for f = Xw + b and labels y of 0 and 1. Newton's method with halved
/// steps, to the optimum; beyond 600 columns L-BFGS.
/// </summary>
public static class LogisticRegression
{
    internal const int MostColumnsOfNewton = 600;

    /// <summary>Fits a model whose predictions are probabilities of 1.</summary>
    /// <param name="features">At least 2 rows, numbers without gaps. A constant column gets the coefficient 0.</param>
    /// <param name="target">0 or 1 per row, and both of them.</param>
    /// <exception cref="ArgumentException">
    /// Too few rows, lengths that differ, categories, values that are not finite, labels that are neither 0 nor 1 or all the same, or a
    /// setting out of its range.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LinearModel Fit(
        FeatureTable features,
        ReadOnlySpan<double> target,
        LogisticRegressionOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        options ??= new LogisticRegressionOptions();
        InputRules.CheckFit(features, target, least: 2);
        InputRules.CheckNoCategories(features, nameof(features));
        InputRules.CheckLabels(target, needsBoth: true);
        InputRules.Require(options.C > 0 && double.IsFinite(options.C), "C", options.C, "above 0");
        InputRules.Require(options.Tol > 0, "tol", options.Tol, "above 0");
        InputRules.Require(options.MaxIter >= 1, "max_iter", options.MaxIter, "1 or more");
        InputRules.CheckThreads(options.NJobs);
        LinearSize.Of(LinearModel.Logistic, features.Rows, features.Columns, options.NJobs).Check(nameof(features));
        var scaled = ScaledColumns.Of(features, options.FitIntercept, options.NJobs ?? Environment.ProcessorCount, cancellationToken);
        if (scaled.HasMissing)
        {
            InputRules.CheckNumbers(features, nameof(features), cancellationToken);
        }

        var problem = new LogisticProblem(scaled, target, options.C, options.FitIntercept, cancellationToken);
        var iterations =
            features.Columns > MostColumnsOfNewton
                ? problem.SolveByLbfgs(options.MaxIter)
                : problem.SolveByNewton(options.Tol, options.MaxIter);
        return Model(features.Names, scaled, problem, iterations);
    }

    private static LinearModel Model(IReadOnlyList<string> names, ScaledColumns scaled, LogisticProblem problem, int iterations)
    {
        var coefficients = new double[scaled.Columns];
        var intercept = problem.Intercept;
        for (var j = 0; j < coefficients.Length; j++)
        {
            coefficients[j] = scaled.IsConstant[j] ? 0 : problem.Coefficients[j] / scaled.Scales[j];
            intercept -= coefficients[j] * scaled.Means[j];
        }

        return new LinearModel(LinearModel.Logistic, names, intercept, coefficients, iterations, null);
    }
}
