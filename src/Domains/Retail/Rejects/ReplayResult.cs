namespace Tradepost.Retail.Rejects;

/// <summary>
/// What a replay did: rows that were mended and now pass, rows that were mended and still break a rule, rows nobody touched.
/// </summary>
public sealed record ReplayResult(long Replayed, long StillBroken, long Untouched, IReadOnlyDictionary<string, long> Tables);
