namespace Tradepost.Retail.Erasure;

/// <summary>A table, which of its columns were emptied, and in how many rows.</summary>
public sealed record ErasedPlace(string Table, string Columns, long Rows);
