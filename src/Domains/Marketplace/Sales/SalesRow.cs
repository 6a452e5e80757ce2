namespace Tradepost.Marketplace.Sales;

/// <summary>What a product sells, as it was known on a day.</summary>
/// <param name="Date">The day.</param>
/// <param name="Units">Sold on a day like this one; all so far where <paramref name="Days"/> is null; null where there are not enough data.</param>
/// <param name="Lower">Nine in ten times more.</param>
/// <param name="Upper">Nine in ten times less.</param>
/// <param name="Reason">Where the estimate comes from, or that there is none.</param>
/// <param name="Days">Of the units: 1, or null for all so far.</param>
/// <param name="Revenue">Units at the newest price.</param>
public sealed record SalesRow(
    string Sku,
    DateOnly Date,
    double? Units,
    double? Lower,
    double? Upper,
    SalesReason Reason,
    int? Days,
    double? Revenue,
    IReadOnlyList<SalesForecast> Forecast
);

/// <summary>Units of the days to come.</summary>
/// <param name="Days">How many, from the day after the estimate's.</param>
public readonly record struct SalesForecast(int Days, double Units, double Lower, double Upper);

/// <summary>Where an estimate comes from.</summary>
public enum SalesReason
{
    /// <summary>Too few reviews, or too few days on which the product was seen.</summary>
    NotEnoughData,

    /// <summary>New reviews over a share of buyers who write one, learned from the product's own known sales.</summary>
    ProductShare,

    /// <summary>The same, learned from products of its brand in its category.</summary>
    BrandShare,

    /// <summary>The same, from products of its category.</summary>
    CategoryShare,

    /// <summary>The same, from all products.</summary>
    MarketplaceShare,

    /// <summary>No true sales are known: three buyers in a hundred are assumed to write a review.</summary>
    PriorShare,

    /// <summary>Seen once: the total so far of products with about as many reviews.</summary>
    TotalSoFar,
}
