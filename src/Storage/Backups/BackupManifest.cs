namespace Tradepost.Storage.Backups;

/// <summary>What a backup holds.</summary>
/// <param name="Format">The version of the backup's form.</param>
/// <param name="Store">The kind of store: <c>duckdb</c> or <c>postgres</c>.</param>
/// <param name="Created">When, in UTC.</param>
/// <param name="SchemaHistory">The migrations that made its tables.</param>
/// <param name="Tables">Its tables, parents before children.</param>
public sealed record BackupManifest(
    int Format,
    string Store,
    DateTime Created,
    IReadOnlyList<BackupMigration> SchemaHistory,
    IReadOnlyList<BackupTable> Tables
)
{
    public const int CurrentFormat = 1;
}
