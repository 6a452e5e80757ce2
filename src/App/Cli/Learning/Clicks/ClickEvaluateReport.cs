using Tradepost.Learning.Clicks;

namespace Tradepost.App.Cli.Learning.Clicks;

/// <summary>What <c>clicks evaluate --json</c> prints: the evaluation, and how the file was understood.</summary>
internal sealed record ClickEvaluateReport(
    int Rows,
    int Clicks,
    double? Auc,
    double LogLoss,
    double? NormalisedEntropy,
    double CalibrationError,
    double? PredictedOverActual,
    double? Coverage,
    IReadOnlyList<ClickValueEvaluation> Values,
    string ReadAs
)
{
    public static ClickEvaluateReport Of(ClickEvaluation evaluation, string readAs) =>
        new(
            evaluation.Rows,
            evaluation.Clicks,
            evaluation.Auc,
            evaluation.LogLoss,
            evaluation.NormalisedEntropy,
            evaluation.CalibrationError,
            evaluation.PredictedOverActual,
            evaluation.Coverage,
            evaluation.Values,
            readAs
        );
}
