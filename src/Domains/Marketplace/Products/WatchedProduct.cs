using System.Text.Json.Nodes;

namespace Tradepost.Marketplace.Products;

/// <summary>A product of the marketplace.</summary>
/// <param name="Sku">Its key there.</param>
/// <param name="FirstSeen">The first day that something was seen of it.</param>
/// <param name="LastSeen">The last one.</param>
/// <param name="Features">What was seen on the last day that has features; null where there is none.</param>
/// <param name="RecentReviews">How many reviews it had on the last 30 days on which it was seen, oldest first; days without are missing. Of lists: a history has its days.</param>
public sealed record WatchedProduct(
    string Sku,
    string? Title,
    string? Brand,
    string? Category,
    DateOnly FirstSeen,
    DateOnly LastSeen,
    JsonObject? Features,
    IReadOnlyList<double> RecentReviews
);

/// <summary>A product day by day.</summary>
/// <param name="Product">The product.</param>
/// <param name="Days">What was seen on each day, oldest first.</param>
/// <param name="Prices">Since when each merchant asked which price, oldest first.</param>
public sealed record ProductHistory(WatchedProduct Product, IReadOnlyList<ProductDay> Days, IReadOnlyList<PriceSpan> Prices);

/// <summary>What was seen of a product on a day.</summary>
/// <param name="Date">The day.</param>
/// <param name="Features">Reviews, rating, price, and whatever else a source gives.</param>
public sealed record ProductDay(DateOnly Date, JsonObject Features);

/// <summary>A price as long as it held.</summary>
/// <param name="Merchant">Who asked for it; empty where it is the product's own.</param>
/// <param name="Price">The price.</param>
/// <param name="ValidFrom">Its first day.</param>
/// <param name="ValidTo">The day of the next price; null for the price that holds.</param>
public sealed record PriceSpan(string Merchant, decimal Price, DateOnly ValidFrom, DateOnly? ValidTo);

/// <summary>What a merchant asked for a product, last.</summary>
/// <param name="Merchant">The merchant's key.</param>
/// <param name="Name">What the merchant is called.</param>
/// <param name="Rating">The merchant's rating; null where it is not known.</param>
/// <param name="Price">The price.</param>
/// <param name="Availability">What the marketplace said of it; may be null.</param>
/// <param name="DeliveryDays">May be null.</param>
/// <param name="CapturedAt">When it was seen, in UTC.</param>
public sealed record MerchantOffer(
    string Merchant,
    string Name,
    double? Rating,
    decimal Price,
    string? Availability,
    int? DeliveryDays,
    DateTime CapturedAt
);
