namespace Tradepost.Trading.Returns.Publishing;

/// <summary>What of a training was published.</summary>
internal sealed record PublishedTraining(
    IReadOnlyList<TrainedReturns> Models,
    IReadOnlyList<ReturnChampion> Champions,
    IReadOnlyList<string> Notes
);
