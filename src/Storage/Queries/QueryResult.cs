namespace Tradepost.Storage.Queries;

/// <summary>The rows of a query.</summary>
/// <param name="Columns">In order; names may repeat, as in SQL.</param>
/// <param name="Rows">Values in the order of the columns: null, numbers, texts, times, byte[], lists and dictionaries of these.</param>
/// <param name="Truncation">Whether there are more rows than these, and which limit kept them out.</param>
/// <param name="Elapsed">From the check of the statement to the last row.</param>
public sealed record QueryResult(
    IReadOnlyList<QueryColumn> Columns,
    IReadOnlyList<IReadOnlyList<object?>> Rows,
    Truncation Truncation,
    TimeSpan Elapsed
)
{
    public bool IsTruncated => Truncation != Truncation.None;
}
