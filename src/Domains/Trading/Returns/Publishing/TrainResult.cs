using Tradepost.Trading.Returns.Canaries;

namespace Tradepost.Trading.Returns.Publishing;

/// <summary>What a training gave.</summary>
public sealed record TrainResult
{
    /// <summary>Every model at every horizon for every symbol, the baselines among them.</summary>
    public required IReadOnlyList<TrainedReturns> Models { get; init; }

    /// <summary>The checks for leaks, all of them passed.</summary>
    public required IReadOnlyList<LeakCanary> Canaries { get; init; }

    /// <summary>The best model of each symbol and horizon.</summary>
    public required IReadOnlyList<ReturnChampion> Champions { get; init; }

    /// <summary>What became of the versions, a sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Folds that were made.</summary>
    public required int Folds { get; init; }

    /// <summary>Fits of folds that had been made before, by an interrupted training or one on the same rows.</summary>
    public required int Resumed { get; init; }

    /// <summary>How long it took.</summary>
    public required double Seconds { get; init; }
}
