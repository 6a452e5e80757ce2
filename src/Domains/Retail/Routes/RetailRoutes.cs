using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tradepost.Arguments;
using Tradepost.Retail.Etl;
using Tradepost.Retail.Forecasting;
using Tradepost.Retail.Indicators;
using Tradepost.Retail.Rejects;
using Tradepost.Serving.Callers;
using Tradepost.Serving.Errors;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;
using Tradepost.Storage;
using Tradepost.Storage.Rejects;

namespace Tradepost.Retail.Routes;

/// <summary>The shop's key figures, and what is behind them: lines of orders, loads, and rows that were kept aside.</summary>
internal static class RetailRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var retail = routes.MapGroup("/api/v1/retail");
        retail
            .MapGet("/kpi", KpiAsync)
            .ForUsers()
            .Describe(
                "retail",
                "Show the shop's key figures",
                "Revenue, orders, margin and cancellations by period, region, manager, category and product. Amounts are exact decimals, "
                    + "as texts."
            );
        retail
            .MapGet("/period", PeriodAsync)
            .ForUsers()
            .Describe(
                "retail",
                "Show which days have orders",
                "From the first, up to the day after the last one; both are null where there are no orders."
            );
        retail
            .MapGet("/sales", SalesAsync)
            .ForUsers()
            .Describe(
                "retail",
                "List the lines of orders behind a key figure",
                "Newest order first, a page at a time. Administrators see what customers are called; others see their numbers."
            );
        retail
            .MapGet("/loads", LoadsAsync)
            .ForUsers()
            .Describe(
                "retail",
                "List what was loaded into the warehouse",
                "Newest first; result is what the load read, compared and kept aside."
            );
        retail
            .MapGet("/forecast", ForecastAsync)
            .ForUsers()
            .Describe(
                "retail",
                "Show the revenue to come, by the version in production",
                "What the job retail.forecast has predicted last; without a version in production, nothing."
            );
        retail
            .MapGet("/rejects", RejectsAsync)
            .ForUsers()
            .Describe(
                "retail",
                "List the rows that were kept aside",
                "Newest first, a page at a time; rows that came into the warehouse after all are left out. What rows of customers, users "
                    + "and employees hold only administrators see."
            );
        retail
            .MapPut("/rejects", MendAsync)
            .ForAnalysts()
            .Describe(
                "retail",
                "Mend a row that was kept aside",
                "The job retail.replay-rejects loads it. Rows of customers, users and employees only administrators mend.",
                404
            )
            .Example("""{"table": "payments", "key": "17", "row": "{\"id\": 17, \"amount\": 12.5}"}""");
    }

    // A read of the warehouse, not a run: it leaves no record.
    private static async Task<Ok<KpiResult>> KpiAsync(
        Query<KpiOptions> query,
        KpiCache cache,
        Store store,
        CancellationToken cancellationToken
    ) =>
        TypedResults.Ok(
            await cache.GetAsync(
                await PublishedWarehouse.FindLoadAsync(store, cancellationToken),
                query.Value,
                () => KeyFigures.ReadAsync(store, query.Value, CancellationToken.None),
                cancellationToken
            )
        );

    private static async Task<Ok<SalesPeriod>> PeriodAsync(Store store, CancellationToken cancellationToken) =>
        TypedResults.Ok(await PublishedWarehouse.PeriodAsync(store, cancellationToken));

    private static async Task<Ok<Page<SalesLine>>> SalesAsync(
        Query<SalesFilter> query,
        Caller caller,
        Store store,
        CancellationToken cancellationToken
    )
    {
        var asked = query.Value;
        return TypedResults.Ok(
            Page.Of(
                await SalesLines.ReadAsync(store, asked, withNames: caller.Role == Role.Admin, cancellationToken),
                asked.Limit,
                asked.Cursor
            )
        );
    }

    private static async Task<Ok<ItemList<PublishedLoad>>> LoadsAsync(
        Query<LoadQuery> query,
        Store store,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(new ItemList<PublishedLoad>(await PublishedLoads.ListAsync(store, query.Value.Limit, cancellationToken)));

    private static async Task<Ok<RevenueForecast>> ForecastAsync(
        Query<ForecastQuery> query,
        Store store,
        TimeProvider time,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(await RevenueForecasts.ReadAsync(store, time, query.Value.By, cancellationToken));

    private static async Task<Ok<Page<RejectedRow>>> RejectsAsync(
        Query<RejectQuery> query,
        Caller caller,
        Store store,
        CancellationToken cancellationToken
    )
    {
        var asked = query.Value;
        var rows = await RejectedRows.ListAsync(store, asked.Limit, asked.Cursor, cancellationToken);
        return TypedResults.Ok(
            Page.Of(caller.Role == Role.Admin ? rows : [.. rows.Select(RejectedRows.WithoutPerson)], asked.Limit, asked.Cursor)
        );
    }

    private static async Task<NoContent> MendAsync(
        Body<MendedRow> body,
        Caller caller,
        Store store,
        IAudit audit,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var mended = body.Value;
        if (caller.Role != Role.Admin && RejectedRows.AreAboutPeople(mended.Table))
        {
            throw new ApiException(403, $"The rows of {mended.Table} are about people; only an administrator sees and mends them.");
        }

        if (!await RejectedRows.MendAsync(store, mended.Table, mended.Key, RowOf(mended.Row), cancellationToken))
        {
            throw new ApiException(404, $"No row of {mended.Table} with the key {mended.Key} is kept aside.");
        }

        await audit.AddAsync(context, "reject.mended", $"{mended.Table} {mended.Key}", cancellationToken);
        return TypedResults.NoContent();
    }

    private static JsonObject RowOf(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: JsonText.Options) as JsonObject
                ?? throw ApiException.Invalid("row", "The row must be a JSON object, of columns and their values.");
        }
        catch (JsonException e)
        {
            throw ApiException.Invalid("row", $"The row is not JSON: {JsonText.Reason(e)}");
        }
    }
}

internal sealed record LoadQuery
{
    [Description("How many loads to give at most.")]
    [Range(1, 200)]
    public int Limit { get; init; } = 20;
}

internal sealed record ForecastQuery
{
    [Description("The length of the periods.")]
    public ForecastStep By { get; init; }
}

internal sealed record RejectQuery
{
    [Description("How many rows to give at most.")]
    [Range(1, 500)]
    public int Limit { get; init; } = 50;

    [Description("Where to go on: next of the page before.")]
    [Range(0, int.MaxValue)]
    public int Cursor { get; init; }
}

internal sealed record MendedRow
{
    [Required]
    [Description("The source's table, such as payments.")]
    public string Table { get; init; } = "";

    [Required]
    [Description("The row's natural key, as the list gives it.")]
    public string Key { get; init; } = "";

    [Required]
    [Description("The whole row, as the text of a JSON object.")]
    [FreeText]
    public string Row { get; init; } = "";
}
