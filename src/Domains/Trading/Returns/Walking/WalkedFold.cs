namespace Tradepost.Trading.Returns.Walking;

/// <summary>What the methods said of one fold's test rows.</summary>
/// <param name="Window">Which rows it was about.</param>
/// <param name="Trained">How many rows it was trained on.</param>
/// <param name="TrainMean">The mean label of these.</param>
/// <param name="Rows">The test rows.</param>
/// <param name="Forecasts">Of each method, one per test row.</param>
internal sealed record WalkedFold(
    FoldWindow Window,
    int Trained,
    double TrainMean,
    int[] Rows,
    IReadOnlyDictionary<ReturnMethod, double[]> Forecasts
);
