namespace Tradepost.Trading.Replaying;

/// <summary>What a recording holds.</summary>
/// <param name="Symbols">Whose frames it has, in the exchange's spelling.</param>
/// <param name="Frames">How many there are.</param>
/// <param name="Length">From the first to the last.</param>
public sealed record RecordingSummary(IReadOnlyList<string> Symbols, long Frames, TimeSpan Length)
{
    /// <summary>Streams that it has frames of.</summary>
    public IReadOnlyCollection<string> Streams { get; init; } = [];

    /// <summary>Whether it has changes of order books.</summary>
    public bool HasDepth { get; init; }

    /// <summary>What is not played because it is no row, in one sentence; null when everything is.</summary>
    public string? LeftOut { get; init; }
}
