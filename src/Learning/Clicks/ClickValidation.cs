namespace Tradepost.Learning.Clicks;

/// <summary>How good a model was on the rows that judged it; calibration was learnt on them, too.</summary>
/// <param name="TrainingRows">Rows it was trained on.</param>
/// <param name="ValidationRows">Rows that judged.</param>
/// <param name="Auc">Area under the ROC curve.</param>
/// <param name="LogLoss">Mean negative log likelihood in nats.</param>
/// <param name="NormalisedEntropy">Log loss over that of the mean click rate.</param>
/// <param name="Epochs">Of each network that is a member, the epoch that was kept.</param>
/// <param name="Notes">Sentences about what was decided on the way and a user should know.</param>
public sealed record ClickValidation(
    int TrainingRows,
    int ValidationRows,
    double Auc,
    double LogLoss,
    double NormalisedEntropy,
    IReadOnlyList<int> Epochs,
    IReadOnlyList<string> Notes
);
