using Tradepost.Trading.Features;

namespace Tradepost.Trading.Returns.Walking;

/// <summary>
/// The steps from rows to what a fold is trained on, in which a leak can hide; the canaries run the same steps. Those of the product are
/// the defaults, and tests put faulty ones in their place.
/// </summary>
internal sealed record ReturnPipeline
{
    /// <summary>What is to be forecast, for each row.</summary>
    public Func<FeatureSeries, int, double[]> Label { get; init; } = LogReturns.Of;

    /// <summary>The rows that a fold is trained on, before those without a label or a feature are left out.</summary>
    public Func<FoldWindow, IEnumerable<int>> Train { get; init; } =
        window => Enumerable.Range(window.TrainFrom, Math.Max(0, window.TrainTo - window.TrainFrom));

    /// <summary>The rows that the scale of features is learned from, by the fold's training rows and the rows of all.</summary>
    public Func<int[], int, int[]> ScaleBy { get; init; } = (train, _) => train;
}
