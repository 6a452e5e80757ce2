using System.Text.Json.Serialization;

namespace Tradepost.Storage.Backups;

/// <summary>A table in a backup.</summary>
/// <param name="Name">The table.</param>
/// <param name="Columns">Its columns, in the order in which their values are kept.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Checksum">SHA-256 over the rows, the same in whatever order they come.</param>
/// <param name="File">SHA-256 of the bytes that hold the rows.</param>
/// <param name="Partitions">The partitions that were made of it besides those of its migration, with their bounds as PostgreSQL says them;
/// null for none.</param>
public sealed record BackupTable(
    string Name,
    IReadOnlyList<string> Columns,
    long Rows,
    string Checksum,
    string File,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string>? Partitions = null
);
