namespace Tradepost.Marketplace.Sales;

/// <summary>What came to a product's reviews in a while.</summary>
/// <param name="Reviews">New ones.</param>
/// <param name="Days">From the first observation to the last.</param>
/// <param name="Purged">Taken away by the marketplace and not counted against the new ones.</param>
internal readonly record struct ReviewCount(double Reviews, int Days, double Purged)
{
    /// <summary>As many as there would be in so many days.</summary>
    public double In(double days) => Days == 0 ? 0 : Reviews * days / Days;
}
