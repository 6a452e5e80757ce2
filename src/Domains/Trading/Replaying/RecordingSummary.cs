namespace Tradepost.Trading.Replaying;

/// <summary>What a recording holds.</summary>
/// <param name="Symbols">Whose frames it has, in the exchange's spelling.</param>
/// <param name="Frames">How many there are.</param>
/// <param name="Length">From the first to the last.</param>
public sealed record RecordingSummary(IReadOnlyList<string> Symbols, long Frames, TimeSpan Length);
