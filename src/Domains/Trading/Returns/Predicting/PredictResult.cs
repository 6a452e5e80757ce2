namespace Tradepost.Trading.Returns.Predicting;

/// <summary>What was predicted.</summary>
/// <param name="Items">A prediction for each model and symbol.</param>
/// <param name="Added">How many of them are new: one made from the same candle before stays.</param>
/// <param name="Outcomes">Earlier predictions whose outcome has become known.</param>
/// <param name="Live">How predictions turned out so far.</param>
/// <param name="Worst">The worst of that.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record PredictResult(
    IReadOnlyList<ReturnPrediction> Items,
    int Added,
    int Outcomes,
    IReadOnlyList<LiveReturns> Live,
    LiveWorst Worst,
    double Seconds
);
