using Tradepost.Marketplace.Simulating;

namespace Tradepost.Marketplace.Tests.Simulating;

/// <summary>Marketplaces that do not exist.</summary>
internal static class Simulated
{
    public static readonly DateOnly FirstDay = new(2025, 3, 1);

    /// <summary>A marketplace of the size of the demo.</summary>
    public static SimulatedMarketplace Marketplace(int seed, int decoys = 0, int products = 300, int days = 120) =>
        new(new SimulationSize(products, days, seed, FirstDay, decoys));
}
