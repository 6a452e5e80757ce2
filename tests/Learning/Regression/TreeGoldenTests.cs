using Tradepost.Learning.Evaluation;
using Tradepost.Learning.Regression.Trees;

namespace Tradepost.Learning.Tests.Regression;

/// <summary>Trees beside scikit-learn's and XGBoost's at the same settings, within the tolerances of the goldens' description.</summary>
public sealed class TreeGoldenTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static readonly HistGradientBoostingOptions AsScikitLearn = new() { MaxIter = 200 };
    private static readonly HistGradientBoostingOptions AsXgboost = new()
    {
        BaseScore = 0.5,
        MaxIter = 200,
        MaxDepth = 6,
        MaxLeafNodes = null,
        MinSamplesLeaf = 1,
        MinChildWeight = 1,
        L2Regularization = 1,
    };

    public static TheoryData<string, string, double> Regressions =>
        [
            ("synthetic", "hist_gbdt", 1.02),
            ("synthetic", "xgboost", 1.02),
            ("synthetic", "random_forest", 1.02),
            ("diabetes", "hist_gbdt", 1.1),
            ("diabetes", "xgboost", 1.1),
            ("diabetes", "random_forest", 1.03),
            ("breast_cancer_reg", "hist_gbdt", 1.1),
            ("breast_cancer_reg", "xgboost", 1.1),
            ("breast_cancer_reg", "random_forest", 1.03),
            ("wine_alcohol", "hist_gbdt", 1.1),
            ("wine_alcohol", "xgboost", 1.1),
            ("wine_alcohol", "random_forest", 1.03),
        ];

    public static TheoryData<string, string, double> Classifications =>
        [
            ("synthetic_clf", "hist_gbdt", 0.005),
            ("synthetic_clf", "xgboost", 0.005),
            ("synthetic_clf", "random_forest", 0.005),
            ("breast_cancer", "hist_gbdt", 0.02),
            ("breast_cancer", "xgboost", 0.02),
            ("breast_cancer", "random_forest", 0.02),
        ];

    [Theory]
    [MemberData(nameof(Regressions))]
    public void The_error_of_a_regressor_is_at_most_a_little_above_that_of_its_model(string set, string name, double times)
    {
        var golden = GoldenSet.Of(set);

        var model = name switch
        {
            "random_forest" => RandomForest.FitRegressor(
                golden.Train,
                golden.TrainTarget,
                Forest(set) with
                {
                    MaxFeatures = MaxFeatures.Share(1 / 3.0),
                },
                TestContext.Current.CancellationToken
            ),
            "xgboost" => HistGradientBoosting.FitRegressor(
                golden.Train,
                golden.TrainTarget,
                AsXgboost,
                TestContext.Current.CancellationToken
            ),
            _ => HistGradientBoosting.FitRegressor(golden.Train, golden.TrainTarget, AsScikitLearn, TestContext.Current.CancellationToken),
        };

        var error = RegressionMetrics.Rmse(golden.TestTarget, model.Predict(golden.Test, cancellationToken: Cancelled));
        TestContext.Current.TestOutputHelper!.WriteLine($"{set} {name}: {error:0.0000} beside {golden.Figure(name, "rmse"):0.0000}");
        error.ShouldBeLessThanOrEqualTo(times * golden.Figure(name, "rmse"));
    }

    [Theory]
    [MemberData(nameof(Classifications))]
    public void The_auc_of_a_classifier_is_at_most_a_little_below_that_of_its_model(string set, string name, double below)
    {
        var golden = GoldenSet.Of(set);

        var model = name switch
        {
            "random_forest" => RandomForest.FitClassifier(
                golden.Train,
                golden.TrainTarget,
                Forest(set),
                TestContext.Current.CancellationToken
            ),
            "xgboost" => HistGradientBoosting.FitClassifier(
                golden.Train,
                golden.TrainTarget,
                AsXgboost,
                TestContext.Current.CancellationToken
            ),
            _ => HistGradientBoosting.FitClassifier(golden.Train, golden.TrainTarget, AsScikitLearn, TestContext.Current.CancellationToken),
        };

        var predictions = model.Predict(golden.Test, cancellationToken: Cancelled);
        var (auc, loss) = (
            ClassificationMetrics.Auc(golden.TestTarget, predictions),
            ClassificationMetrics.LogLoss(golden.TestTarget, predictions)
        );
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{set} {name}: {auc:0.0000} beside {golden.Figure(name, "auc"):0.0000}, log loss {loss:0.0000} beside {golden.Figure(name, "logloss"):0.0000}"
        );
        auc.ShouldBeGreaterThanOrEqualTo(golden.Figure(name, "auc") - below);
        if (set == "synthetic_clf")
        {
            loss.ShouldBeLessThanOrEqualTo(1.02 * golden.Figure(name, "logloss"));
        }
    }

    private static RandomForestOptions Forest(string set) =>
        set.StartsWith("synthetic", StringComparison.Ordinal)
            ? new RandomForestOptions
            {
                NEstimators = 50,
                MaxSamples = 0.2,
                MinSamplesLeaf = 5,
                RandomState = 1,
            }
            : new RandomForestOptions
            {
                NEstimators = 300,
                MinSamplesLeaf = 5,
                RandomState = 1,
            };
}
