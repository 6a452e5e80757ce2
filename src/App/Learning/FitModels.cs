using Tradepost.Learning;
using Tradepost.Learning.Regression;
using Tradepost.Learning.Regression.Linear;
using Tradepost.Learning.Regression.Trees;
using Tradepost.Serving.Commands;

namespace Tradepost.App.Learning;

/// <summary>The models that <c>fit</c> knows by name.</summary>
internal static class FitModels
{
    private static readonly Dictionary<string, string> Classes = new(StringComparer.Ordinal)
    {
        ["logistic_regression"] = "logistic_regression",
        ["random_forest"] = "random_forest_classifier",
        ["random_forest_classifier"] = "random_forest_classifier",
        ["hist_gradient_boosting"] = "hist_gradient_boosting_classifier",
        ["hist_gradient_boosting_classifier"] = "hist_gradient_boosting_classifier",
    };

    private static readonly Dictionary<string, string> Numbers = new(StringComparer.Ordinal)
    {
        ["ols"] = "ols",
        ["ridge"] = "ridge",
        ["lasso"] = "lasso",
        ["elastic_net"] = "elastic_net",
        ["random_forest"] = "random_forest_regressor",
        ["random_forest_regressor"] = "random_forest_regressor",
        ["hist_gradient_boosting"] = "hist_gradient_boosting_regressor",
        ["hist_gradient_boosting_regressor"] = "hist_gradient_boosting_regressor",
    };

    private static readonly Dictionary<string, string> Short = new(StringComparer.Ordinal)
    {
        ["linear"] = "ols",
        ["linear_regression"] = "ols",
        ["logistic"] = "logistic_regression",
        ["forest"] = "random_forest",
        ["boosting"] = "hist_gradient_boosting",
        ["gradient_boosting"] = "hist_gradient_boosting",
        ["xgboost"] = "hist_gradient_boosting",
    };

    public static string Names { get; } =
        "ols, ridge, lasso, elastic_net, logistic_regression, random_forest or hist_gradient_boosting, the last two also with _regressor or _classifier";

    /// <summary>The model's full name.</summary>
    /// <param name="name">As the user wrote it.</param>
    /// <param name="isTwoValued">Whether the target has exactly two values, or texts.</param>
    public static string Resolve(string name, bool isTwoValued)
    {
        var plain = name.ToLowerInvariant().Replace('-', '_');
        plain = Short.GetValueOrDefault(plain, plain);
        var (first, second) = isTwoValued ? (Classes, Numbers) : (Numbers, Classes);
        return first.GetValueOrDefault(plain)
            ?? second.GetValueOrDefault(plain)
            ?? throw new UsageException($"There is no model {name}; expected is {Names}.");
    }

    public static bool IsClassifier(string model) => Classes.ContainsValue(model);

    public static bool IsLinear(string model) => model is "ols" or "ridge" or "lasso" or "elastic_net" or "logistic_regression";

    /// <summary>The full names of all models.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Classes.Values.Concat(Numbers.Values).Distinct()];

    /// <summary>What a fit takes.</summary>
    public static WorkSize Size(string model, FitOptions options, FeatureTable rows) =>
        RegressionModel.SizeOf(
            model,
            rows,
            model switch
            {
                "random_forest_regressor" or "random_forest_classifier" => options.As<RandomForestOptions>(),
                "hist_gradient_boosting_regressor" or "hist_gradient_boosting_classifier" => options.As<HistGradientBoostingOptions>(),
                _ => null,
            }
        );

    public static IRegressionModel Fit(
        string model,
        FitOptions options,
        FeatureTable rows,
        double[] target,
        CancellationToken cancellationToken
    ) =>
        model switch
        {
            "ols" => LinearRegression.Fit(rows, target, options.As<LinearRegressionOptions>(), cancellationToken),
            "ridge" => Ridge.Fit(rows, target, options.As<RidgeOptions>(), cancellationToken),
            "lasso" => Lasso.Fit(rows, target, options.As<LassoOptions>(), cancellationToken),
            "elastic_net" => ElasticNet.Fit(rows, target, options.As<ElasticNetOptions>(), cancellationToken),
            "logistic_regression" => LogisticRegression.Fit(rows, target, options.As<LogisticRegressionOptions>(), cancellationToken),
            "random_forest_regressor" => RandomForest.FitRegressor(rows, target, options.As<RandomForestOptions>(), cancellationToken),
            "random_forest_classifier" => RandomForest.FitClassifier(rows, target, options.As<RandomForestOptions>(), cancellationToken),
            "hist_gradient_boosting_classifier" => HistGradientBoosting.FitClassifier(
                rows,
                target,
                options.As<HistGradientBoostingOptions>(),
                cancellationToken
            ),
            _ => HistGradientBoosting.FitRegressor(rows, target, options.As<HistGradientBoostingOptions>(), cancellationToken),
        };
}
