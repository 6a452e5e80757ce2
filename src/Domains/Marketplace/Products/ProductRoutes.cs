using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tradepost.Serving.Callers;
using Tradepost.Serving.Errors;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;
using Tradepost.Storage;

namespace Tradepost.Marketplace.Products;

/// <summary>What is watched: products, how they went, and what merchants ask for them.</summary>
internal static class ProductRoutes
{
    private const string Tag = "marketplace";
    private const string SkuText = "The product's key on the marketplace.";
    private const string SkuExample = "130805479";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var products = routes.MapGroup("/api/v1/marketplace");
        products
            .MapGet("/products", ListAsync)
            .ForUsers()
            .Describe(Tag, "List the products", "In the order of their keys, a page at a time, each with what was seen of it last.");
        products
            .MapGet("/products/{sku}/history", HistoryAsync)
            .ForUsers()
            .Describe(
                Tag,
                "Show a product day by day",
                "Its features on each day, oldest first, and since when each merchant asks which price; an empty merchant is the product's own price.",
                404
            )
            .Path("sku", SkuText, SkuExample);
        products
            .MapGet("/products/{sku}/offers", OffersAsync)
            .ForUsers()
            .Describe(Tag, "List what merchants ask for a product", "The last offer of each merchant, the cheapest first.", 404)
            .Path("sku", SkuText, SkuExample);
    }

    private static async Task<Ok<Page<WatchedProduct>>> ListAsync(
        Query<ProductQuery> query,
        Store store,
        CancellationToken cancellationToken
    )
    {
        var products = await new ProductWatch(store).ListAsync(query.Value, cancellationToken);
        return TypedResults.Ok(new Page<WatchedProduct>(products, products.Count == query.Value.Limit ? products[^1].Sku : null));
    }

    private static async Task<Ok<ProductHistory>> HistoryAsync(
        string sku,
        Query<ProductDaysQuery> query,
        Store store,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(await new ProductWatch(store).FindHistoryAsync(sku, query.Value, cancellationToken) ?? throw NotFound(sku));

    private static async Task<Ok<ItemList<MerchantOffer>>> OffersAsync(string sku, Store store, CancellationToken cancellationToken) =>
        TypedResults.Ok(
            new ItemList<MerchantOffer>(await new ProductWatch(store).FindOffersAsync(sku, cancellationToken) ?? throw NotFound(sku))
        );

    private static ApiException NotFound(string sku) => ApiException.NotFound($"There is no product with the key {sku}.");
}

internal sealed record ProductQuery
{
    [Description("Only products whose title, brand or key has this text, whatever its case.")]
    public string? Search { get; init; }

    [Description("Only products of this category.")]
    public string? Category { get; init; }

    [Description("Only products of this brand.")]
    public string? Brand { get; init; }

    [Description("How many products to give at most.")]
    [Range(1, 500)]
    public int Limit { get; init; } = 50;

    [Description("Where to go on: next of the page before.")]
    public string? Cursor { get; init; }
}

internal sealed record ProductDaysQuery
{
    [Description("Only from this day on.")]
    public DateOnly? From { get; init; }

    [Description("Only up to this day.")]
    public DateOnly? To { get; init; }
}
