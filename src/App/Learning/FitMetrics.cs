using Tradepost.Learning.Evaluation;

namespace Tradepost.App.Learning;

/// <summary>How good predictions are, by the usual names.</summary>
internal static class FitMetrics
{
    public static Dictionary<string, double> Of(bool isClassifier, double[] actual, double[] predicted)
    {
        if (!isClassifier)
        {
            var (rmse, mean) = (RegressionMetrics.Rmse(actual, predicted), actual.Average());
            var variance = actual.Average(value => (value - mean) * (value - mean));
            var metrics = new Dictionary<string, double> { ["rmse"] = rmse, ["mae"] = RegressionMetrics.Mae(actual, predicted) };
            if (variance > 0)
            {
                metrics["r2"] = 1 - (rmse * rmse / variance);
            }

            return metrics;
        }

        var found = new Dictionary<string, double>
        {
            ["log_loss"] = ClassificationMetrics.LogLoss(actual, predicted),
            ["brier"] = ClassificationMetrics.Brier(actual, predicted),
            ["accuracy"] = actual.Zip(predicted, (label, probability) => label == 1 == probability > 0.5 ? 1.0 : 0).Average(),
        };
        if (actual.Distinct().Count() > 1)
        {
            found["auc"] = ClassificationMetrics.Auc(actual, predicted);
        }

        return found;
    }
}
