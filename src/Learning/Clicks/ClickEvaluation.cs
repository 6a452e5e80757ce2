namespace Tradepost.Learning.Clicks;

/// <summary>How good predictions were.</summary>
/// <param name="Rows">Rows that were judged.</param>
/// <param name="Clicks">Those with the label 1.</param>
/// <param name="Auc">Area under the ROC curve; null when all labels are the same.</param>
/// <param name="LogLoss">Mean negative log likelihood in nats.</param>
/// <param name="NormalisedEntropy">Log loss over that of the mean click rate; null when all labels are the same.</param>
/// <param name="CalibrationError">|mean probability − click rate| over 20 groups of equal size by probability, weighted.</param>
/// <param name="PredictedOverActual">Sum of the probabilities over the clicks; null without clicks.</param>
/// <param name="Coverage">Share of 20 groups of equal size by probability whose click rate lies inside the mean interval widened by the
/// noise of so many rows; null without intervals.</param>
/// <param name="Values">Predicted and actual clicks per field value, by field and then by rows, the most frequent first.</param>
public record ClickEvaluation(
    int Rows,
    int Clicks,
    double? Auc,
    double LogLoss,
    double? NormalisedEntropy,
    double CalibrationError,
    double? PredictedOverActual,
    double? Coverage,
    IReadOnlyList<ClickValueEvaluation> Values
);
