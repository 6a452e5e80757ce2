namespace Tradepost.Storage.Loading;

/// <summary>A value of a source row that has no representation in the column's type; the row is kept with the value empty.</summary>
public sealed record RowProblem(int Row, string Column, string Problem);
