namespace Tradepost.Retail.Generation;

/// <summary>A product of the sample shop as it started out; money in hryvnias.</summary>
internal sealed record CatalogProduct(
    long Id,
    int CategoryId,
    string Sku,
    string Name,
    string Brand,
    int Price,
    int? Cost,
    double Popularity
);
