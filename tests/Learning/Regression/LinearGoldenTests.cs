using System.Globalization;
using Tradepost.Learning.Evaluation;
using Tradepost.Learning.Regression.Linear;

namespace Tradepost.Learning.Tests.Regression;

/// <summary>The linear models beside scikit-learn's, within the tolerances of the goldens' description.</summary>
public sealed class LinearGoldenTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Regressions
    {
        get
        {
            string[] sets = ["diabetes", "breast_cancer_reg", "wine_alcohol", "synthetic"];
            string[] models = ["ols", "ridge_0.1", "ridge_10", "lasso_0.01", "lasso_0.1", "lasso_1", "enet_0.1_0.5", "enet_0.01_0.2"];
            return [.. sets.SelectMany(set => models.Select(model => (set, model)))];
        }
    }

    [Theory]
    [MemberData(nameof(Regressions))]
    public void A_linear_model_is_that_of_scikit_learn(string set, string name)
    {
        var golden = GoldenSet.Of(set);
        var features = golden.Standardised(golden.Train);

        var model = Fit(name, golden, features);

        var predictions = model.Predict(golden.Standardised(golden.Test), cancellationToken: Cancelled);
        Far(RegressionMetrics.Rmse(golden.TestTarget, predictions), golden.Figure(name, "rmse")).ShouldBeLessThan(1e-6);
        var mean = golden.TrainTarget.Average();
        var deviation = Math.Sqrt(golden.TrainTarget.Average(value => (value - mean) * (value - mean)));
        Far(model.Intercept, golden.Figure(name, "intercept")).ShouldBeLessThan(1e-6);
        foreach (var (ours, theirs) in model.Coefficients.Zip(golden.Numbers(name, "coef")))
        {
            CheckCoefficient(set, name, ours, theirs, deviation);
        }
    }

    [Theory]
    [InlineData("breast_cancer", "logreg_C1")]
    [InlineData("breast_cancer", "logreg_C0.01")]
    [InlineData("synthetic_clf", "logreg_C1")]
    [InlineData("synthetic_clf", "logreg_C0.01")]
    public void Logistic_regression_reaches_the_exact_optimum(string set, string name)
    {
        var golden = GoldenSet.Of(set);
        var c = double.Parse(name[8..], CultureInfo.InvariantCulture);

        var model = LogisticRegression.Fit(
            golden.Standardised(golden.Train),
            golden.TrainTarget,
            new LogisticRegressionOptions { C = c },
            cancellationToken: Cancelled
        );

        foreach (var (ours, theirs) in model.Coefficients.Zip(golden.Numbers(name, "coef_exact")))
        {
            ours.ShouldBe(theirs, 1e-9);
        }

        model.Intercept.ShouldBe(golden.Figure(name, "intercept_exact"), 1e-9);
        var predictions = model.Predict(golden.Standardised(golden.Test), cancellationToken: Cancelled);
        ClassificationMetrics.LogLoss(golden.TestTarget, predictions).ShouldBe(golden.Figure(name, "logloss_exact"), 1e-9);
    }

    private static LinearModel Fit(string name, GoldenSet golden, Learning.Regression.FeatureTable features)
    {
        var numbers = name.Split('_').Skip(1).Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return name.Split('_')[0] switch
        {
            "ols" => LinearRegression.Fit(features, golden.TrainTarget, cancellationToken: Cancelled),
            "ridge" => Ridge.Fit(features, golden.TrainTarget, new RidgeOptions { Alpha = numbers[0] }, cancellationToken: Cancelled),
            "lasso" => Lasso.Fit(features, golden.TrainTarget, new LassoOptions { Alpha = numbers[0] }, cancellationToken: Cancelled),
            _ => ElasticNet.Fit(
                features,
                golden.TrainTarget,
                new ElasticNetOptions { Alpha = numbers[0], L1Ratio = numbers[1] },
                cancellationToken: Cancelled
            ),
        };
    }

    private static void CheckCoefficient(string set, string name, double ours, double theirs, double deviation)
    {
        if (name.StartsWith("lasso", StringComparison.Ordinal) || name.StartsWith("enet", StringComparison.Ordinal))
        {
            ours.ShouldBe(theirs, 1e-5 * deviation);
            (ours == 0).ShouldBe(theirs == 0 || (Math.Abs(theirs) <= 1e-4 && ours == 0), $"{set} {name}: {ours} beside {theirs}");
            return;
        }

        // The condition number of breast_cancer_reg leaves least squares no more digits.
        Far(ours, theirs).ShouldBeLessThan(set == "breast_cancer_reg" && name == "ols" ? 1e-4 : 1e-7);
    }

    private static double Far(double ours, double theirs) => Math.Abs(ours - theirs) / Math.Max(1e-12, Math.Abs(theirs));
}
