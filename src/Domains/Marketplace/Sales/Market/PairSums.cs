namespace Tradepost.Marketplace.Sales.Market;

/// <summary>Sums over the products of a part that have a number both now and before.</summary>
/// <param name="Products">How many.</param>
/// <param name="Now">Of the numbers now.</param>
/// <param name="Before">Of those before.</param>
/// <param name="NowSquared">Of their squares.</param>
/// <param name="Product">Of the products of the two.</param>
/// <param name="BeforeSquared">Of the squares of those before.</param>
internal readonly record struct PairSums(long Products, double Now, double Before, double NowSquared, double Product, double BeforeSquared)
{
    /// <summary>With fewer products there is no interval.</summary>
    private const int Least = 4;

    /// <summary>Degrees of freedom: where one product is most of the part, there are few.</summary>
    private double Degrees => (Before * Before / BeforeSquared) - 1;

    public static PairSums operator +(PairSums a, PairSums b) =>
        new(
            a.Products + b.Products,
            a.Now + b.Now,
            a.Before + b.Before,
            a.NowSquared + b.NowSquared,
            a.Product + b.Product,
            a.BeforeSquared + b.BeforeSquared
        );

    /// <summary>
    /// By how much the sum has changed, as a share; its error is that of a ratio of sums over products that were drawn (W. Cochran, Sampling
    /// Techniques, 1977, 6.4).
    /// </summary>
    public MarketFigure Change()
    {
        if (Missing() is { } reason)
        {
            return MarketFigure.None(reason);
        }

        var ratio = Now / Before;
        var squares = NowSquared - (2 * ratio * Product) + (ratio * ratio * BeforeSquared);
        return MarketFigure.Around(ratio - 1, Error(squares, Products) / Before, Degrees);
    }

    /// <summary>By how much the share of all has changed, now less then.</summary>
    public MarketFigure ShareChange(PairSums all)
    {
        if (Missing() is { } reason)
        {
            return MarketFigure.None(reason);
        }

        // A product moves the difference of shares by (part - share) · number / sum of all, now less then; so do those outside of the part.
        var (now, before) = (Now / all.Now, Before / all.Before);
        var inside = Squares(this, (1 - now) / all.Now, (1 - before) / all.Before);
        var whole = Squares(all, now / all.Now, before / all.Before);
        var own = Squares(this, now / all.Now, before / all.Before);
        return MarketFigure.Around(now - before, Error(inside + whole - own, all.Products), Degrees);
    }

    private MarketReason? Missing() =>
        Products == 0 || Before <= 0 ? MarketReason.NoEstimateBefore
        : Products < Least ? MarketReason.TooFewProducts
        : null;

    private static double Squares(PairSums sums, double now, double before) =>
        (now * now * sums.NowSquared) - (2 * now * before * sums.Product) + (before * before * sums.BeforeSquared);

    private static double Error(double squares, long products) => Math.Sqrt(Math.Max(0, squares) * products / (products - 1));
}
