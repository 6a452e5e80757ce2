namespace Tradepost.Marketplace.Sales;

/// <summary>What a category or a brand sells in a day.</summary>
/// <param name="Name">Null for products without one.</param>
/// <param name="Products">Of the part.</param>
/// <param name="Estimated">Of those: the ones that have an estimate, which the sums are of.</param>
/// <param name="Units">Null where none has.</param>
/// <param name="Lower">The sum of the products' lower bounds: errors of a part go the same way, so bounds are not narrowed.</param>
/// <param name="Upper">The sum of the upper bounds.</param>
/// <param name="Revenue">Of the products whose price is known.</param>
/// <param name="Share">Of all revenue.</param>
/// <param name="Change">Of units against 30 days before, as a share, over products that were estimated then and now; null where there are none.</param>
internal sealed record MarketShare(
    string? Name,
    long Products,
    long Estimated,
    double? Units,
    double? Lower,
    double? Upper,
    double? Revenue,
    double? Share,
    double? Change
);
