namespace Tradepost.Marketplace.Sales.Market;

/// <summary>
/// By how many percent sales change when a price changes by one: the slope of log sales on log price within products, so that dear products that
/// sell little say nothing. Sales of a product are Poisson with a level of its own, which is eliminated by conditioning on their sum
/// (J. Hausman, B. Hall, Z. Griliches, Econometrica 52, 1984). The standard error is that of whole products, by leaving each out (a jackknife in one step,
/// R. Bell, D. McCaffrey, Survey Methodology 28, 2002), which holds when sales vary more than Poisson's do and when one week resembles the next;
/// it is never less than Poisson's own.
/// </summary>
/// <param name="Slope">Below 0 where dearer sells less.</param>
/// <param name="Error">Its standard error.</param>
/// <param name="Degrees">Degrees of freedom of that: about as many products as said most of it, less one.</param>
/// <param name="Products">How many said something.</param>
internal readonly record struct WithinSlope(double Slope, double Error, double Degrees, int Products)
{
    private const int MostSteps = 100;
    private const double Steepest = 50;

    /// <summary>Fits it.</summary>
    /// <param name="products">The sales of each product; those with one price or without sales say nothing.</param>
    /// <returns>Null where fewer than two products say something, or no slope is steep enough for what was sold.</returns>
    public static WithinSlope? Fit(IReadOnlyList<IReadOnlyList<PricedSales>> products)
    {
        var slope = 0.0;
        for (var step = 0; step < MostSteps; step++)
        {
            var all = Sum(products, slope);
            if (all.Information <= 0 || Math.Abs(slope) > Steepest)
            {
                return null;
            }

            var change = Math.Clamp(all.Score / all.Information, -1, 1);
            slope += change;
            if (Math.Abs(change) < 1e-10)
            {
                break;
            }
        }

        return Judge(products, slope);
    }

    private static WithinSlope? Judge(IReadOnlyList<IReadOnlyList<PricedSales>> products, double slope)
    {
        var information = Sum(products, slope).Information;
        var (moves, squares, count) = (0.0, 0.0, 0);
        foreach (var product in products)
        {
            var (score, own) = Of(product, slope);
            if (own > 0)
            {
                var move = score / (information - own);
                (moves, squares, count) = (moves + (move * move), squares + (own * own), count + 1);
            }
        }

        return count < 2
            ? null
            : new WithinSlope(
                slope,
                Math.Max(Math.Sqrt(moves * (count - 1) / count), 1 / Math.Sqrt(information)),
                (information * information / squares) - 1,
                count
            );
    }

    private static (double Score, double Information) Sum(IReadOnlyList<IReadOnlyList<PricedSales>> products, double slope)
    {
        var (score, information) = (0.0, 0.0);
        foreach (var product in products)
        {
            var (ofProduct, own) = Of(product, slope);
            (score, information) = (score + ofProduct, information + own);
        }

        return (score, information);
    }

    /// <summary>The derivative of a product's conditional log likelihood, and its information.</summary>
    private static (double Score, double Information) Of(IReadOnlyList<PricedSales> sales, double slope)
    {
        var (weights, units, first) = (0.0, 0.0, sales.Count == 0 ? 0 : sales[0].LogPrice);
        var (byWeight, byWeight2, byUnits) = (0.0, 0.0, 0.0);
        foreach (var one in sales)
        {
            var price = one.LogPrice - first;
            var weight = one.Days * Math.Exp(slope * price);
            (weights, byWeight, byWeight2) = (weights + weight, byWeight + (weight * price), byWeight2 + (weight * price * price));
            (units, byUnits) = (units + one.Units, byUnits + (one.Units * price));
        }

        if (units <= 0 || weights <= 0)
        {
            return default;
        }

        var mean = byWeight / weights;
        return (byUnits - (units * mean), units * Math.Max(0, (byWeight2 / weights) - (mean * mean)));
    }
}
