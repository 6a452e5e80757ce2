namespace Tradepost.Marketplace.Sales.Market;

/// <summary>The price elasticity of a part of the market: by how many percent sales change when a price changes by one.</summary>
/// <param name="Figure">It, or why it cannot be said.</param>
/// <param name="Source">What it comes from; null where it cannot be said.</param>
/// <param name="Products">Products whose prices moved.</param>
internal sealed record PriceElasticity(MarketFigure Figure, ElasticitySource? Source, int Products)
{
    /// <summary>A product's price has moved when its highest is as much above its lowest.</summary>
    private const double Move = 1.05;

    private const int LeastProducts = 4;
    private const double LeastUnits = 30;

    /// <summary>An interval that reaches farther to both sides tells a luxury from bread no more.</summary>
    private const double Widest = 1;

    /// <summary>That of some products: by known sales, and where those do not tell, by reviews.</summary>
    public static PriceElasticity Of(IReadOnlyCollection<PricedProduct> products)
    {
        var byReviews = products.Select(product => product.Reviewed).ToList();
        return Of(products.Select(product => product.Known).ToList(), ElasticitySource.KnownSales) is { Source: not null } known
            ? known
            : Of(byReviews, ElasticitySource.Reviews);
    }

    private static PriceElasticity Of(List<IReadOnlyList<PricedSales>> products, ElasticitySource source)
    {
        var moved = products.Where(HasMoved).ToList();
        if (moved.Count < LeastProducts)
        {
            return None(MarketReason.PricesHardlyMoved);
        }

        if (moved.Sum(product => product.Sum(one => one.Units)) < LeastUnits)
        {
            return None(MarketReason.TooFewSales);
        }

        if (WithinSlope.Fit(moved) is not { Products: >= LeastProducts } slope)
        {
            return None(MarketReason.TooFewSales);
        }

        return StudentT.Reach(slope.Degrees) * slope.Error <= Widest
            ? new PriceElasticity(MarketFigure.Around(slope.Slope, slope.Error, slope.Degrees), source, moved.Count)
            : None(MarketReason.IntervalTooWide);

        PriceElasticity None(MarketReason reason) => new(MarketFigure.None(reason), null, moved.Count);
    }

    private static bool HasMoved(IReadOnlyList<PricedSales> sales) =>
        sales.Count > 1 && sales.Max(one => one.LogPrice) - sales.Min(one => one.LogPrice) >= Math.Log(Move);
}
