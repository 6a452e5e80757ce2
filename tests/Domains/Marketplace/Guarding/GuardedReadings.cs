using Tradepost.Marketplace.Guarding;
using Tradepost.Marketplace.Simulating;

namespace Tradepost.Marketplace.Tests.Guarding;

/// <summary>Readings, and what the guard finds among them: the two looks of a check without a store.</summary>
internal static class GuardedReadings
{
    /// <summary>What is found among features, which are in the order of products and days.</summary>
    public static IReadOnlyList<Verdict> Check(IReadOnlyList<(string Sku, int Day, string Features)> features, Decisions? decisions = null)
    {
        var (watch, reading) = (new CollectionWatch(), new Reading());
        foreach (var (sku, day, text) in features)
        {
            reading.Set(sku, day, text);
            watch.See(reading);
        }

        var found = new List<Verdict>();
        var guard = new ProductGuard(watch.Judge(), decisions ?? new Decisions(), found.Add);
        foreach (var (sku, day, text) in features)
        {
            reading.Set(sku, day, text);
            guard.See(reading);
        }

        return found;
    }

    /// <summary>What is shown of products, day by day from 0.</summary>
    public static List<(string Sku, int Day, string Features)> Of(IEnumerable<SimulatedProduct> products) =>
        [
            .. products.SelectMany(product =>
                product.Readings.Select(reading => (product.Sku, reading.Day, SimulationRows.FeaturesOf(reading)))
            ),
        ];
}
