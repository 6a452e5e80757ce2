namespace Tradepost.Storage.Migrations;

/// <summary>The tables of loads of files and of rejects, which all domains share.</summary>
public static class StorageMigrations
{
    public static MigrationSet Set { get; } = MigrationSet.FromAssembly("storage", typeof(StorageMigrations).Assembly);
}
