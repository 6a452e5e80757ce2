namespace Tradepost.Retail.Sources;

/// <summary>A query for rows in our staging shape, and one for what of them could not be kept as it is.</summary>
/// <param name="Query">The rows, with bucket and hash.</param>
/// <param name="Problems">Of each such value the key's columns, the row's hash, the column and the value; null when the reader finds them
/// itself.</param>
internal sealed record SourceRows(string Query, string? Problems);
