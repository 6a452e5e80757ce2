namespace Tradepost.Marketplace.Sales;

/// <summary>Known sales that can be estimated from what was seen before, to learn how well that goes.</summary>
/// <param name="Product">Its number.</param>
/// <param name="Before">The last day before the sales: what was sold up to it is known.</param>
/// <param name="AsOf">The day whose view the estimate is made from: the last of the sales, or the last before them for a forecast.</param>
/// <param name="Last">The last day of the sales.</param>
/// <param name="Length">Days of the sales.</param>
/// <param name="Units">What was sold.</param>
/// <param name="Reviews">New ones that the estimate is made from.</param>
/// <param name="Expected">How many there are of them in as many days as the sales have.</param>
/// <param name="LastMonth">Units of the newest window of the same length that was over before; null where there is none of the last 60 days.</param>
internal readonly record struct SalesCase(
    int Product,
    int Before,
    int AsOf,
    int Last,
    int Length,
    double Units,
    double Reviews,
    double Expected,
    double? LastMonth
)
{
    /// <summary>More cases than these teach nothing new: of more, evenly chosen ones are taken.</summary>
    public const int Most = 20_000;

    /// <summary>All cases of a history.</summary>
    /// <param name="history">What is known.</param>
    /// <param name="days">Days of the sales.</param>
    /// <param name="isForecast">Whether the estimate is made before the sales rather than after them.</param>
    /// <returns>The cases, and how many more have too few reviews for an estimate.</returns>
    public static (IReadOnlyList<SalesCase> Cases, int NotEnough) Of(SalesHistory history, int days, bool isForecast)
    {
        var windows = history.Products.Sum(product => SalesHistory.Windows(product, days).Count());
        var step = (windows + Most - 1) / Most;
        var (cases, notEnough) = (new List<SalesCase>(), 0);
        foreach (var product in history.Products)
        {
            var all = SalesHistory.Windows(product, days).ToList();
            var over = -1;
            for (var i = product.Place.Product % Math.Max(step, 1); i < all.Count; i += Math.Max(step, 1))
            {
                var window = all[i];
                while (all[over + 1].Last < window.First)
                {
                    over++;
                }

                var asOf = isForecast ? window.First - 1 : window.Last;
                if (RecentReviews.Find(product, asOf) is not { } count)
                {
                    notEnough++;
                    continue;
                }

                cases.Add(
                    new SalesCase(
                        product.Place.Product,
                        window.First - 1,
                        asOf,
                        window.Last,
                        window.Length,
                        window.Units,
                        count.Reviews,
                        count.In(window.Length),
                        over >= 0 && window.First - all[over].Last <= LastMonthWeight.OldestDays
                            ? all[over].Units * window.Length / all[over].Length
                            : null
                    )
                );
            }
        }

        return (cases, notEnough);
    }
}
