namespace Tradepost.Retail.Etl;

/// <summary>A value that could not be read or kept: of which row, in which column, and what was wrong with it.</summary>
/// <param name="NaturalKey">The row's key, as far as it could be read.</param>
/// <param name="RowHash">The row's hash, because more than one row may have that key.</param>
internal sealed record UnreadableValue(string NaturalKey, long RowHash, string Column, string Problem);
