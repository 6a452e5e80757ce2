namespace Tradepost.Marketplace.Loading;

/// <summary>What the rows of a file are.</summary>
public enum ListingKind
{
    /// <summary>A merchant's price for a product.</summary>
    Offers,

    /// <summary>A product on a day: what it is called, its reviews, rating, price, and whatever else a source gives.</summary>
    Products,

    /// <summary>Prices of a product without a merchant: one a row, or a column for each day.</summary>
    Prices,

    /// <summary>Sales that are known.</summary>
    Sales,
}
