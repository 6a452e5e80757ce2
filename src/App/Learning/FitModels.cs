using Tradepost.Learning.Regression.Linear;
using Tradepost.Learning.Regression.Trees;
using Tradepost.Serving.Commands;

namespace Tradepost.App.Learning;

/// <summary>The models that <c>fit</c> knows by name, one registration each.</summary>
internal static class FitModels
{
    public static IReadOnlyList<FitModel> All { get; } =
    [
        Linear(FitModel.Of<LinearRegressionOptions>("ols", LinearRegression.Fit, "linear", "linear_regression")),
        Linear(FitModel.Of<RidgeOptions>("ridge", Ridge.Fit)),
        Linear(FitModel.Of<LassoOptions>("lasso", Lasso.Fit)),
        Linear(FitModel.Of<ElasticNetOptions>("elastic_net", ElasticNet.Fit)),
        Linear(FitModel.Of<LogisticRegressionOptions>("logistic_regression", LogisticRegression.Fit, "logistic")) with
        {
            IsClassifier = true,
        },
        .. Pair<RandomForestOptions>("random_forest", RandomForest.FitRegressor, RandomForest.FitClassifier, "forest"),
        .. Pair<HistGradientBoostingOptions>(
            "hist_gradient_boosting",
            HistGradientBoosting.FitRegressor,
            HistGradientBoosting.FitClassifier,
            "boosting",
            "gradient_boosting",
            "xgboost"
        ),
    ];

    /// <summary>What there is, for help and errors.</summary>
    public static string Names { get; } = Said([.. All.GroupBy(model => model.Family).Select(Said)]);

    /// <summary>The model that is meant.</summary>
    /// <param name="name">As the user wrote it.</param>
    /// <param name="isTwoValued">Whether the target has exactly two values, or texts.</param>
    /// <exception cref="UsageException">There is none.</exception>
    public static FitModel Resolve(string name, bool isTwoValued)
    {
        var plain = name.ToLowerInvariant().Replace('-', '_');
        return All.Where(model => model.Name == plain || model.Family == plain || model.Short.Contains(plain))
            .OrderByDescending(model => model.IsClassifier == isTwoValued)
            .FirstOrDefault()
            ?? throw new UsageException($"There is no model {name}; expected is {Names}.");
    }

    private static FitModel Linear(FitModel model) => model with { IsLinear = true };

    private static FitModel[] Pair<TOptions>(
        string family,
        FitModel.Fitting<TOptions> regressor,
        FitModel.Fitting<TOptions> classifier,
        params string[] shortNames
    )
        where TOptions : class, new() =>
        [
            FitModel.Of($"{family}_regressor", regressor, shortNames) with
            {
                IsOneOfTwo = true,
            },
            FitModel.Of($"{family}_classifier", classifier, shortNames) with
            {
                IsOneOfTwo = true,
                IsClassifier = true,
            },
        ];

    private static string Said(IGrouping<string, FitModel> family) =>
        family.Count() == 1
            ? family.Key
            : $"{family.Key} (also {string.Join(" or ", family.Select(model => model.Name[family.Key.Length..]))})";

    private static string Said(string[] names) => $"{string.Join(", ", names[..^1])} or {names[^1]}";
}
