using System.Runtime.InteropServices;

namespace Tradepost.Marketplace.Sales.Market;

/// <summary>A product's prices beside what was sold at them.</summary>
/// <param name="Brand">May be null.</param>
/// <param name="Category">May be null.</param>
/// <param name="Known">Known sales, each with the mean of its days' prices.</param>
/// <param name="Reviewed">Spells of one price, with the reviews that came of them.</param>
internal sealed record PricedProduct(string? Brand, string? Category, IReadOnlyList<PricedSales> Known, IReadOnlyList<PricedSales> Reviewed)
{
    /// <summary>Of longer known sales nobody can say which price they were made at.</summary>
    private const int LongestSale = 31;

    /// <summary>Prices within 2 % of each other are one.</summary>
    private const double Steady = 0.02;

    /// <summary>A spell of a price has at least so many days, and reviews of its first ones are of purchases before it.</summary>
    private const int LeastSpell = 28,
        LateReviews = 14;

    private const int LongestGap = 7;

    /// <summary>Puts together what was seen of a product.</summary>
    /// <param name="brand">Its brand.</param>
    /// <param name="category">Its category.</param>
    /// <param name="prices">Days in order, and the logarithm of the price on each.</param>
    /// <param name="seen">How many reviews it had, in the order of days.</param>
    /// <param name="sales">What is known of its sales.</param>
    public static PricedProduct Of(
        string? brand,
        string? category,
        IReadOnlyList<(int Day, double LogPrice)> prices,
        List<Observation> seen,
        IReadOnlyList<KnownSale> sales
    ) => new(brand, category, [.. AtKnownPrice(prices, sales)], [.. Spells(prices, seen)]);

    private static IEnumerable<PricedSales> AtKnownPrice(IReadOnlyList<(int Day, double LogPrice)> prices, IReadOnlyList<KnownSale> sales)
    {
        foreach (var sale in sales.Where(sale => sale.Length <= LongestSale))
        {
            var (days, sum) = (0, 0.0);
            for (var i = FirstFrom(prices, sale.First); i < prices.Count && prices[i].Day <= sale.Last; i++)
            {
                (days, sum) = (days + 1, sum + prices[i].LogPrice);
            }

            if (days * 2 >= sale.Length)
            {
                yield return new PricedSales(sum / days, sale.Length, sale.Units);
            }
        }
    }

    private static IEnumerable<PricedSales> Spells(IReadOnlyList<(int Day, double LogPrice)> prices, List<Observation> seen)
    {
        var first = 0;
        for (var i = 1; i <= prices.Count; i++)
        {
            var goesOn =
                i < prices.Count
                && prices[i].Day - prices[i - 1].Day <= LongestGap
                && Math.Abs(prices[i].LogPrice - prices[first].LogPrice) <= Steady;
            if (goesOn)
            {
                continue;
            }

            if (prices[i - 1].Day - prices[first].Day >= LeastSpell)
            {
                var came = NewReviews(prices[first].Day + LateReviews, prices[i - 1].Day, seen);
                yield return new PricedSales(prices[first].LogPrice, came.Days, came.Reviews);
            }

            first = i;
        }
    }

    private static int FirstFrom(IReadOnlyList<(int Day, double LogPrice)> prices, int day)
    {
        var (low, high) = (0, prices.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = prices[middle].Day < day ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static ReviewCount NewReviews(int from, int to, List<Observation> seen)
    {
        var (first, last) = (seen.FindIndex(one => one.Day >= from), seen.FindLastIndex(one => one.Day <= to));
        return first >= 0 && last > first ? ReviewSteps.Count(CollectionsMarshal.AsSpan(seen)[first..(last + 1)]) : default;
    }
}
