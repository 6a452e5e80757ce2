namespace Tradepost.Storage.Sources;

/// <summary>A column that a query on a source yields.</summary>
/// <param name="Name">As the source spells it.</param>
/// <param name="IsNullable">False only where the source rules nulls out.</param>
public sealed record SourceColumn(string Name, bool IsNullable);
