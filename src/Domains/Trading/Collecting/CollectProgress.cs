namespace Tradepost.Trading.Collecting;

/// <summary>Where a collector stands.</summary>
/// <param name="Recorded">Quotes and trades so far.</param>
/// <param name="Waiting">Records of the log that are not in the store yet.</param>
/// <param name="LogBytes">What the log takes on disk.</param>
/// <param name="Problem">Why the store takes nothing; null when it does.</param>
public readonly record struct CollectProgress(long Recorded, long Waiting, long LogBytes, string? Problem);
