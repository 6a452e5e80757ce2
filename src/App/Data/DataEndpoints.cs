using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tradepost.Arguments;
using Tradepost.Serving.Callers;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;
using Tradepost.Storage.Queries;

namespace Tradepost.App.Data;

/// <summary>The store's tables, and questions to them by SQL.</summary>
internal static class DataEndpoints
{
    private const long MostBytes = 16 * 1024 * 1024;

    public static void MapData(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/tables", TablesAsync).ForUsers(RateClass.Query).Describe("data", "List the tables, their columns and sizes");
        routes
            .MapGet("/api/v1/query", QueryAsync)
            .ForAnalysts(RateClass.Query)
            .Describe(
                "data",
                "Ask by read-only SQL",
                "One statement that reads tables and nothing else; it is stopped when it takes too long, when the client leaves, and cut "
                    + "off at its limits."
            );
    }

    // Each is shown the columns that he may ask for.
    private static async Task<Ok<ItemList<StoreTable>>> TablesAsync(
        TableCatalogue tables,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var withheld = WithheldOf(caller);
        return TypedResults.Ok(
            new ItemList<StoreTable>([
                .. (await tables.ListAsync(cancellationToken)).Select(table =>
                    table with
                    {
                        Columns = [.. table.Columns.Where(column => !withheld.Has(table.Name, column.Name))],
                    }
                ),
            ])
        );
    }

    private static WithheldColumns WithheldOf(Caller caller) => caller.Role == Role.Admin ? WithheldColumns.None : Domains.WithheldColumns;

    private static async Task<Ok<SqlRows>> QueryAsync(
        Query<SqlQuery> query,
        ReadOnlyQuery reader,
        RunningQueries running,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        using var place = running.Begin(caller.UserId);
        var asked = query.Value;
        var result = await reader.RunAsync(
            asked.Sql,
            new QueryLimits
            {
                Rows = asked.Limit,
                Bytes = MostBytes,
                Time = TimeSpan.FromSeconds(asked.Timeout),
            },
            WithheldOf(caller),
            cancellationToken
        );
        return TypedResults.Ok(
            new SqlRows(result.Columns, result.Rows, result.IsTruncated, result.Truncation, result.Elapsed.TotalSeconds)
        );
    }
}

internal sealed record SqlQuery
{
    [Required]
    [Description("One SELECT.")]
    [FreeText]
    public string Sql { get; init; } = "";

    [Description("How many rows to give at most.")]
    [Range(1, 10_000)]
    public int Limit { get; init; } = 1000;

    [Description("After how many seconds the query is stopped.")]
    [Range(1, 25)]
    public int Timeout { get; init; } = 20;
}

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
