using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Tradepost.Jobs;
using Tradepost.Retail.Indicators;
using Tradepost.Serving.Callers;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;
using Tradepost.Storage;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Api.Retail;

/// <summary>The shop's key figures: what <c>retail kpi --json</c> prints.</summary>
internal static class KpiEndpoint
{
    private const string Job = "retail.kpi";

    public static void MapRetail(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/v1/retail/kpi", GetAsync)
            .ForUsers()
            .Describe(
                "retail",
                "Show the shop's key figures",
                "Revenue, orders, margin and cancellations by period, region, manager, category and product. Amounts are exact decimals, as texts."
            );

    // A read of the warehouse, not a run: it leaves no record.
    private static async Task<Ok<KpiResult>> GetAsync(
        Query<KpiOptions> query,
        JobHost jobs,
        KpiCache cache,
        Settings settings,
        Store store,
        TimeProvider time,
        ILogger<JobContext> logger,
        CancellationToken cancellationToken
    )
    {
        var context = new JobContext
        {
            Settings = settings,
            Store = store,
            Time = time,
            Progress = new Progress<JobProgress>(),
            Logger = logger,
        };
        var load = await PublishedWarehouse.FindLoadAsync(store, cancellationToken);
        return TypedResults.Ok(
            await cache.GetAsync(
                load,
                query.Value,
                async () => (KpiResult)await jobs.Catalogue.Get(Job).Run(query.Value, context, CancellationToken.None),
                cancellationToken
            )
        );
    }
}
