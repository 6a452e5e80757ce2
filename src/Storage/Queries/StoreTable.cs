namespace Tradepost.Storage.Queries;

/// <summary>A table or view of the store, as a data browser shows it.</summary>
/// <param name="Kind"><c>table</c> or <c>view</c>.</param>
/// <param name="Rows">As the store estimates them; null for views, and for tables that PostgreSQL has not counted yet.</param>
/// <param name="Bytes">On disk, with indexes where the store counts them; null for views.</param>
public sealed record StoreTable(string Schema, string Name, string Kind, IReadOnlyList<StoreColumn> Columns, long? Rows, long? Bytes);
