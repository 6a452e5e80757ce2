namespace Tradepost.Storage.Queries;

/// <summary>The rows of a query.</summary>
/// <param name="Columns">Names, in order.</param>
/// <param name="Rows">Values in the order of the columns.</param>
/// <param name="IsCut">Whether there are more rows than were asked for.</param>
public sealed record QueryResult(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows, bool IsCut);
