namespace Tradepost.Marketplace.Sales;

/// <summary>A product as it was seen in the days up to an estimate.</summary>
/// <param name="FirstSeen">The first day on which it was ever seen.</param>
/// <param name="Last">The newest day; null where there is none of these days.</param>
/// <param name="Count">What came to its reviews.</param>
/// <param name="Reviews">All of them on the newest day.</param>
internal readonly record struct SeenProduct(
    string Sku,
    string? Brand,
    string? Category,
    int FirstSeen,
    int? Last,
    ReviewCount Count,
    double Reviews,
    double? Price
)
{
    /// <summary>Whether it was seen once.</summary>
    public bool IsSnapshot => Last == FirstSeen;
}
