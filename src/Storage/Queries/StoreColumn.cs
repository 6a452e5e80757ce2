namespace Tradepost.Storage.Queries;

/// <summary>A column of a table.</summary>
/// <param name="Type">As the store calls it.</param>
public sealed record StoreColumn(string Name, string Type, bool IsNullable);
