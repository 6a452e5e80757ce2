namespace Tradepost.Learning.Clicks.Training;

/// <summary>What one epoch of a training gave.</summary>
/// <param name="Network">Which network, from 0: members first, then those on simulated clicks.</param>
/// <param name="Networks">How many there will be.</param>
/// <param name="Epoch">From 1.</param>
/// <param name="Rows">Rows it was trained on in this epoch.</param>
/// <param name="TrainingLoss">Mean log loss of the training rows, each before its step, with dropout.</param>
/// <param name="LogLoss">Of the validation rows.</param>
/// <param name="Auc">Of the validation rows.</param>
/// <param name="IsBest">Whether it is the network's best so far.</param>
/// <param name="IsLast">Whether the network is trained with it.</param>
/// <param name="IsSimulated">Whether clicks were simulated, to learn how wide intervals must be; metrics are those of the simulation
/// then.</param>
public sealed record ClickEpoch(
    int Network,
    int Networks,
    int Epoch,
    int Rows,
    double TrainingLoss,
    double LogLoss,
    double Auc,
    bool IsBest,
    bool IsLast,
    bool IsSimulated
);
