namespace Tradepost.Marketplace.Sales;

/// <summary>Whose known sales say what share of buyers writes a review.</summary>
internal enum ShareLevel
{
    Product,
    Brand,
    Category,
    Marketplace,
}
