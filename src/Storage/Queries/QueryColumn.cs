namespace Tradepost.Storage.Queries;

/// <summary>A column of a result.</summary>
/// <param name="Type">As the store calls it.</param>
public sealed record QueryColumn(string Name, string Type);
