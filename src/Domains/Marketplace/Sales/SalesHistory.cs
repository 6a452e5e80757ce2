using Tradepost.Learning.Shrinkage;

namespace Tradepost.Marketplace.Sales;

/// <summary>What is known of sales up to a day, and what was seen of those products.</summary>
internal sealed class SalesHistory
{
    /// <summary>A stretch of days has at least this many, so that chance and the delay between a purchase and its review even out.</summary>
    private const int LeastStretch = 7;

    private const double LeastSeenShare = 0.9;

    public ProductTree Tree { get; } = new();

    /// <summary>By number.</summary>
    public List<KnownProduct> Products { get; } = [];

    /// <summary>Where a product is kept; a new one is added.</summary>
    public KnownProduct Get(string sku, string? brand, string? category)
    {
        var place = Tree.Add(sku, brand, category);
        if (place.Product == Products.Count)
        {
            Products.Add(new KnownProduct(place));
        }

        return Products[place.Product];
    }

    /// <summary>A product of the history; null when it is none.</summary>
    public KnownProduct? Find(string sku) =>
        Tree.Find(sku, brand: null, category: null) is { Product: >= 0 } place ? Products[place.Product] : null;

    /// <summary>What shares can be learned from, in the order in which it became known.</summary>
    public IReadOnlyList<KnownStretch> Stretches() =>
        [.. Products.SelectMany(StretchesOf).OrderBy(stretch => stretch.Last).ThenBy(stretch => stretch.Product)];

    /// <summary>Sales of as many days, or a tenth more or fewer, whether they are known as one number or as several that follow each other.</summary>
    /// <param name="product">Whose.</param>
    /// <param name="days">How many.</param>
    public static IEnumerable<KnownSale> Windows(KnownProduct product, int days)
    {
        var (sales, slack) = (product.Sales, days / 10);
        var (first, units) = (0, 0.0);
        for (var i = 0; i < sales.Count; i++)
        {
            if (i > 0 && sales[i].First != sales[i - 1].Last + 1)
            {
                (first, units) = (i, 0);
            }

            units += sales[i].Units;
            var length = sales[i].Last - sales[first].First + 1;
            while (first < i && length > days && length - sales[first].Length >= days - slack)
            {
                length -= sales[first].Length;
                units -= sales[first++].Units;
            }

            var window = new KnownSale(sales[first].First, sales[i].Last, Math.Max(units, 0));
            if (Math.Abs(window.Length - days) <= slack)
            {
                yield return window;
            }
        }
    }

    private static IEnumerable<KnownStretch> StretchesOf(KnownProduct product)
    {
        var (first, units) = (int.MaxValue, 0.0);
        var previous = int.MinValue;
        foreach (var sale in product.Sales)
        {
            var follows = first != int.MaxValue && sale.First == previous + 1;
            (first, units) = follows ? (first, units + sale.Units) : (sale.First, sale.Units);
            var (length, before) = (sale.Last - first + 1, previous);
            previous = sale.Last;
            if (length < LeastStretch)
            {
                continue;
            }

            var count = ReviewSteps.Count(product.Between(first - 1, sale.Last));
            if (count.Days >= LeastSeenShare * length)
            {
                var fresh = follows || before == int.MinValue ? length : Math.Min(length, sale.Last - before);
                yield return new KnownStretch(
                    product.Place.Product,
                    sale.Last,
                    new RateCounts(count.In(length), units),
                    (double)fresh / length
                );
            }

            first = int.MaxValue;
        }
    }
}
