namespace Tradepost.Storage.Queries.Costs;

/// <summary>How long the values of a table's columns are at most, and how many rows there are about.</summary>
internal sealed record TableWidths(IReadOnlyDictionary<string, double> Columns, double Rows);
