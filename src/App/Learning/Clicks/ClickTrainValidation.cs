namespace Tradepost.App.Learning.Clicks;

/// <summary>How good the trained model is on the rows that judged it.</summary>
internal sealed record ClickTrainValidation(double Auc, double LogLoss, double NormalisedEntropy, int Rows);
