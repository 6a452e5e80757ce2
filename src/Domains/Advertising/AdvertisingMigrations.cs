using Tradepost.Storage.Migrations;

namespace Tradepost.Advertising;

/// <summary>The domain's tables in a store.</summary>
public static class AdvertisingMigrations
{
    public static MigrationSet Set { get; } = MigrationSet.FromAssembly("advertising", typeof(AdvertisingMigrations).Assembly);
}
