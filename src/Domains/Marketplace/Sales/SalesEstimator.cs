namespace Tradepost.Marketplace.Sales;

/// <summary>Turns what was seen of products into estimates. For use by one caller at a time.</summary>
internal sealed class SalesEstimator
{
    /// <summary>The share of buyers who write a review, where no true sales are known: what sellers' tools assume (DataHawk: 3 %).</summary>
    public const double PriorShare = 0.03;

    /// <summary>Its relative standard deviation: known marketplaces have shares between 1 and 30 %.</summary>
    private const double PriorDrift = 1;

    private const int Week = 7;

    private readonly LearnedSales? learned;
    private readonly int day;
    private readonly SalesRule ofDay;
    private readonly IReadOnlyList<(int Days, SalesRule Rule)> horizons;
    private readonly Dictionary<double, (double Units, double Lower, double Upper)> totals = [];

    /// <summary>Learns the rules.</summary>
    /// <param name="learned">Null where no true sales are known.</param>
    /// <param name="day">The day of the estimates.</param>
    /// <param name="horizons">Days to forecast.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public SalesEstimator(LearnedSales? learned, DateOnly day, IReadOnlyList<int> horizons, CancellationToken cancellationToken)
    {
        (this.learned, this.day) = (learned, day.DayNumber);
        // Sales are known by the day at some sellers, by the week or the month at others: the shortest tells most about a day.
        ofDay = Find(1, isForecast: false)
            ?? Find(Week, isForecast: false)
            ?? Find(RecentReviews.Days, isForecast: false)
            ?? SalesRule.Assumed;
        var ahead = Find(RecentReviews.Days, isForecast: true) ?? ofDay;
        this.horizons = [.. horizons.Select(days => (days, Find(days, isForecast: true) ?? ahead))];

        SalesRule? Find(int days, bool isForecast) => learned?.FindRule(days, isForecast, this.day, cancellationToken);
    }

    /// <summary>Estimates.</summary>
    public SalesRow Estimate(in SeenProduct product)
    {
        if (product.Last is not { } last)
        {
            return None(product);
        }

        if (RecentReviews.IsEnough(product.Count, last, day))
        {
            return learned?.Shares is { } shares ? Shared(product, learned, shares) : Assumed(product);
        }

        return learned?.Totals is { } model && product.IsSnapshot && product.Reviews >= RecentReviews.Least
            ? Total(product, model)
            : None(product);
    }

    private SalesRow Shared(in SeenProduct product, LearnedSales known, Shares shares)
    {
        var place = known.Tree.Find(product.Sku, product.Brand, product.Category);
        var (share, level) = shares.Of(place);
        var reason = level switch
        {
            ShareLevel.Product => SalesReason.ProductShare,
            ShareLevel.Brand => SalesReason.BrandShare,
            ShareLevel.Category => SalesReason.CategoryShare,
            _ => SalesReason.MarketplaceShare,
        };
        return Daily(product, level == ShareLevel.Product ? place.Product : -1, share, RollingJudge.Drift, reason);
    }

    private SalesRow Assumed(in SeenProduct product) => Daily(product, number: -1, PriorShare, PriorDrift, SalesReason.PriorShare);

    private SalesRow Daily(in SeenProduct product, int number, double share, double drift, SalesReason reason)
    {
        var (rate, reviews) = (product.Count.In(1) / share, product.Count.Reviews);
        var forecast = new SalesForecast[horizons.Count];
        for (var i = 0; i < forecast.Length; i++)
        {
            var (days, rule) = horizons[i];
            var (units, lower, upper) = rule.Estimate(number, rate * days, reviews, drift, days);
            forecast[i] = new SalesForecast(days, units, lower, upper);
        }

        return Row(product, reason, ofDay.Estimate(number, rate, reviews, drift, days: 1), days: 1, forecast);
    }

    private SalesRow Total(in SeenProduct product, TotalModel model)
    {
        if (!totals.TryGetValue(product.Reviews, out var estimate))
        {
            totals[product.Reviews] = estimate = model.Estimate(product.Reviews);
        }

        return Row(product, SalesReason.TotalSoFar, estimate, days: null, []);
    }

    private SalesRow None(in SeenProduct product) => Row(product, SalesReason.NotEnoughData, estimate: null, days: null, []);

    private SalesRow Row(
        in SeenProduct product,
        SalesReason reason,
        (double Units, double Lower, double Upper)? estimate,
        int? days,
        IReadOnlyList<SalesForecast> forecast
    ) =>
        new(
            product.Sku,
            DateOnly.FromDayNumber(day),
            estimate?.Units,
            estimate?.Lower,
            estimate?.Upper,
            reason,
            days,
            estimate is { } known && product.Price is { } price ? Math.Round(known.Units * price, 2) : null,
            forecast
        );
}
