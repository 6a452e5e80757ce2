using Tradepost.Storage.Migrations;

namespace Tradepost.Retail;

/// <summary>The domain's tables in a store.</summary>
public static class RetailMigrations
{
    public static MigrationSet Set { get; } = MigrationSet.FromAssembly("retail", typeof(RetailMigrations).Assembly);
}
