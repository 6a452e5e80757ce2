namespace Tradepost.Storage.Loading;

/// <summary>What an upsert did: rows that were new, rows that were there with other values. The rest was as it should be.</summary>
public readonly record struct UpsertResult(long Inserted, long Updated);
