namespace Tradepost.Storage.Sources;

/// <summary>A column that a query on a source yields.</summary>
/// <param name="Name">As the source spells it.</param>
/// <param name="IsNullable">False only where the source rules nulls out.</param>
/// <param name="Type">The source's own name for its type; it means something to the source's dialect only.</param>
/// <param name="Scale">Digits behind the point, of a number or of a time's seconds.</param>
/// <param name="IsPadded">Whether the source may write its numbers with zeros in front.</param>
public sealed record SourceColumn(string Name, bool IsNullable, string Type = "", int Scale = 0, bool IsPadded = false);
