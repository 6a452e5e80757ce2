using Tradepost.Storage.Queries;

namespace Tradepost.App.Api.Data;

/// <summary>The rows of a query.</summary>
/// <param name="Columns">In order, with the types the store has for them.</param>
/// <param name="Rows">Values in the order of the columns.</param>
/// <param name="Truncated">Whether there are more rows than these.</param>
/// <param name="Truncation">Which limit kept them out.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record SqlRows(
    IReadOnlyList<QueryColumn> Columns,
    IReadOnlyList<IReadOnlyList<object?>> Rows,
    bool Truncated,
    Truncation Truncation,
    double Seconds
);
