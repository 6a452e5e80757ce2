namespace Tradepost.Trading.Draining;

/// <summary>A file that was moved, compared and deleted.</summary>
/// <param name="Rows">Rows of it.</param>
/// <param name="New">Rows that were not in the store yet.</param>
/// <param name="Hours">Hours that were compared, by count, first and last time and hash.</param>
public sealed record DrainedFile(string File, long Rows, long New, int Hours);
