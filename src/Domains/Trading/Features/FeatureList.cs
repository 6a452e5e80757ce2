using Tradepost.Trading.Features.Kinds;

namespace Tradepost.Trading.Features;

/// <summary>All features, in the order of the table's columns. A new one is a class, a line here and a column in a migration.</summary>
internal static class FeatureList
{
    private const int LastEachHour = 24;

    public static IReadOnlyList<Feature> All { get; } =
    [
        .. Enumerable.Range(1, LastEachHour).Select(hours => new HourReturn(hours)),
        new HourReturn(48),
        new HourReturn(168),
        new RealisedVolatility(6),
        new RealisedVolatility(24),
        new RealisedVolatility(168),
        new PriceRange(1),
        new PriceRange(24),
        new AverageRatio(24),
        new AverageRatio(72),
        new AverageRatio(168),
        new RelativeStrength(),
        new MoneyFlow(),
        new DirectionalIndex(),
        new RateOfChange(),
        new MacdLine(),
        new MacdHistogram(),
        new BollingerWidth(),
        new VolumeChange(),
        new VolumeScore(),
        new RelativeVolume(),
        new TakerBuyRatio(),
        new QuotedSpread(),
        new BookImbalance(),
        new HourOfDay(),
        new Weekday(),
        new CyclicHour(isSine: true),
        new CyclicHour(isSine: false),
        new CyclicWeekday(isSine: true),
        new CyclicWeekday(isSine: false),
        new MarketReturn(1),
        new MarketReturn(24),
    ];
}
