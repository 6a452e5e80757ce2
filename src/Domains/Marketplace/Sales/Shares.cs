using Tradepost.Learning.Shrinkage;

namespace Tradepost.Marketplace.Sales;

/// <summary>How much exposure (units sold) a parent's share is worth at each level.</summary>
internal readonly record struct ShareStrengths(double Category, double Brand, double Product);

/// <summary>Reviews per unit sold, as they were known on a day.</summary>
internal sealed class Shares
{
    private readonly double[] products;
    private readonly double[] brands;
    private readonly double[] categories;

    private Shares(double all, ShareStrengths strengths, double[] categories, double[] brands, double[] products) =>
        (All, Strengths, this.categories, this.brands, this.products) = (all, strengths, categories, brands, products);

    /// <summary>Of the marketplace.</summary>
    public double All { get; }

    public ShareStrengths Strengths { get; }

    /// <summary>The share of whoever stands there, and whose sales it was learned from.</summary>
    public (double Share, ShareLevel Level) Of(Place place) =>
        Known(products, place.Product) is { } own ? (own, ShareLevel.Product)
        : Known(brands, place.Brand) is { } brand ? (brand, ShareLevel.Brand)
        : Known(categories, place.Category) is { } category ? (category, ShareLevel.Category)
        : (All, ShareLevel.Marketplace);

    /// <summary>Draws each level to the one above it.</summary>
    /// <param name="tree">Who belongs to whom.</param>
    /// <param name="counts">Of the products: reviews, and units sold.</param>
    /// <param name="strengths">Those to use; null learns them.</param>
    /// <returns>Null where no product has both reviews and sales.</returns>
    public static Shares? Of(ProductTree tree, ReadOnlySpan<RateCounts> counts, ShareStrengths? strengths)
    {
        var (ofBrands, ofCategories, all) = (new RateCounts[tree.Brands], new RateCounts[tree.Categories], default(RateCounts));
        for (var product = 0; product < counts.Length; product++)
        {
            var place = tree.Places[product];
            all += counts[product];
            if (place.Brand >= 0)
            {
                ofBrands[place.Brand] += counts[product];
            }

            if (place.Category >= 0)
            {
                ofCategories[place.Category] += counts[product];
            }
        }

        if (!(all.Events > 0 && all.Exposure > 0))
        {
            return null;
        }

        var top = all.Events / all.Exposure;
        var (categories, ofCategory) = Draw(ofCategories, _ => top, strengths?.Category);
        var (brands, ofBrand) = Draw(ofBrands, brand => Known(categories, tree.CategoryOfBrand[brand]) ?? top, strengths?.Brand);
        var (products, ofProduct) = Draw(
            counts,
            product => Known(brands, tree.Places[product].Brand) ?? Known(categories, tree.Places[product].Category) ?? top,
            strengths?.Product
        );
        return new Shares(top, new ShareStrengths(ofCategory, ofBrand, ofProduct), categories, brands, products);
    }

    /// <summary>The shares of a level; NaN for whoever nothing was sold of.</summary>
    private static (double[] Shares, double Strength) Draw(ReadOnlySpan<RateCounts> counts, Func<int, double> parent, double? known)
    {
        const double Unlearned = 200;
        var parents = new double[counts.Length];
        for (var i = 0; i < parents.Length; i++)
        {
            parents[i] = parent(i);
        }

        var strength = known ?? ShrunkRates.Strength(counts, parents) ?? Unlearned;
        var shares = new double[counts.Length];
        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] = counts[i].Exposure > 0 ? ShrunkRates.Mean(counts[i], parents[i], strength) : double.NaN;
        }

        return (shares, strength);
    }

    private static double? Known(double[] shares, int number) =>
        number >= 0 && number < shares.Length && !double.IsNaN(shares[number]) ? shares[number] : null;
}
