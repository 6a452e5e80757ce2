using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tradepost.Marketplace.Sales.Market;
using Tradepost.Serving.Callers;
using Tradepost.Serving.Errors;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;
using Tradepost.Storage;
using Tradepost.Training.Registry;

namespace Tradepost.Marketplace.Sales;

/// <summary>What products sell, and how good such estimates are.</summary>
internal static class SalesRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var marketplace = routes.MapGroup("/api/v1/marketplace");
        marketplace
            .MapGet("/sales", ListAsync)
            .ForUsers()
            .Describe("marketplace", "List the newest estimates", "What sells most revenue first, a page at a time.");
        marketplace
            .MapGet("/products/{sku}/sales", OfProductAsync)
            .ForUsers()
            .Describe(
                "marketplace",
                "List the estimates of a product",
                "The newest days first; each day by the newest version that estimated it."
            );
        marketplace
            .MapGet("/market", MarketAsync)
            .ForUsers()
            .Describe(
                "marketplace",
                "Show what categories or brands sell in a day",
                "Sums of the newest estimates, share of all revenue, changes against the estimates of 30 days before, price elasticity, new products, and what products that were not to be had would have sold; each figure with its interval or the reason why it cannot be said."
            );
        marketplace
            .MapGet("/backtest", BacktestAsync)
            .ForUsers()
            .Describe(
                "marketplace",
                "Show how good estimates were in the past",
                "Figures of the version that the newest estimates come from, beside those of the baselines, by horizon and by what was sold.",
                404
            );
    }

    private static async Task<Ok<Page<SalesRow>>> ListAsync(Query<SalesFilter> query, Store store, CancellationToken cancellationToken)
    {
        var asked = query.Value;
        return TypedResults.Ok(Page.Of(await SalesReports.ListAsync(store, asked, cancellationToken), asked.Limit, asked.Cursor));
    }

    private static async Task<Ok<ItemList<SalesRow>>> OfProductAsync(
        string sku,
        Query<ProductSalesQuery> query,
        Store store,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(new ItemList<SalesRow>(await SalesReports.OfProductAsync(store, sku, query.Value.Limit, cancellationToken)));

    private static async Task<Ok<ItemList<MarketGroup>>> MarketAsync(
        Query<MarketQuery> query,
        Store store,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(new ItemList<MarketGroup>(await SalesReports.MarketAsync(store, query.Value, cancellationToken)));

    private static async Task<Ok<PublishedFigures>> BacktestAsync(Store store, TimeProvider time, CancellationToken cancellationToken) =>
        await new ModelRegistry(store, time).FindProductionAsync(SalesVersion.Model, cancellationToken) is { } version
            ? TypedResults.Ok(
                new PublishedFigures(
                    version.Model,
                    version.Version,
                    version.TrainedTo,
                    version.Metrics,
                    await SalesReports.FindBacktestAsync(store, version.Version, cancellationToken)
                )
            )
            : throw ApiException.NotFound("No estimate was made from known sales yet; the job marketplace.sales makes them.");
}

/// <summary>Which estimates to list.</summary>
internal sealed record SalesFilter
{
    [Description("Only products of this category.")]
    public string? Category { get; init; }

    [Description("Only products of this brand.")]
    public string? Brand { get; init; }

    [Description("How many to give at most.")]
    [Range(1, 500)]
    public int Limit { get; init; } = 100;

    [Description("Where to go on: next of the page before.")]
    [Range(0, int.MaxValue)]
    public int Cursor { get; init; }
}

/// <summary>How many estimates of a product to list.</summary>
internal sealed record ProductSalesQuery
{
    [Description("How many to give at most.")]
    [Range(1, 1000)]
    public int Limit { get; init; } = 365;
}

/// <summary>How good a version's estimates were, on sales that it had not seen.</summary>
/// <param name="TrainedTo">What was sold from then on was not known (UTC).</param>
/// <param name="Backtest">All of them, by horizon and by what was sold; null of a version that is older than they are.</param>
internal sealed record PublishedFigures(
    string Model,
    int Version,
    DateTime TrainedTo,
    IReadOnlyDictionary<string, Metric> Metrics,
    BacktestResult? Backtest
);
