using Tradepost.Storage.Migrations;

namespace Tradepost.Marketplace;

/// <summary>The domain's tables in a store.</summary>
public static class MarketplaceMigrations
{
    public static MigrationSet Set { get; } = MigrationSet.FromAssembly("marketplace", typeof(MarketplaceMigrations).Assembly);
}
