namespace Tradepost.Trading.Draining;

/// <summary>What was moved into the store.</summary>
/// <param name="FromLog">Quotes and trades of the log.</param>
/// <param name="FromFiles">Quotes and trades of files that were not in the store yet.</param>
/// <param name="Gaps">Gaps of the log, and of files those that were not in the store yet.</param>
/// <param name="Hours">Hours of files that were compared with the store, and are the same there.</param>
public sealed record DrainResult(long FromLog, long FromFiles, long Gaps, long Hours, double Seconds, IReadOnlyList<DrainedFile> Files);
