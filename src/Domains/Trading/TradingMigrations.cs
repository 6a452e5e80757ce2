using Tradepost.Storage.Migrations;

namespace Tradepost.Trading;

/// <summary>The domain's tables in a store.</summary>
public static class TradingMigrations
{
    public static MigrationSet Set { get; } = MigrationSet.FromAssembly("trading", typeof(TradingMigrations).Assembly);
}
