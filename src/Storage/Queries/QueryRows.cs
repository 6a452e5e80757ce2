namespace Tradepost.Storage.Queries;

/// <summary>What a query gave, as far as its limits let it.</summary>
internal sealed record QueryRows(IReadOnlyList<QueryColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows, Truncation Truncation);
