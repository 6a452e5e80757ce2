using Tradepost.Serving;

namespace Tradepost.Marketplace;

/// <summary>The marketplace domain's way into the application.</summary>
public static class MarketplaceDomain
{
    public static Domain AddMarketplace() =>
        new("marketplace", "Products of a marketplace, watched day by day, and what they sell.", MarketplaceMigrations.Set, []);
}
