namespace Tradepost.Marketplace.Sales;

/// <summary>Where true sales come from.</summary>
public enum KnownTruth
{
    /// <summary>Known sales where there are any, else what the marketplace says was sold.</summary>
    Auto,

    /// <summary>The table <c>known_sales</c>.</summary>
    Known,

    /// <summary>The feature <c>sold</c>: units of the last 30 days, or all so far of a product that was seen once.</summary>
    Sold,
}
