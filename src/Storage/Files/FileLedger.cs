using System.Data.Common;
using Tradepost.Storage.Dialects;

namespace Tradepost.Storage.Files;

/// <summary>The files that are in a store, and how far.</summary>
internal sealed class FileLedger(DbConnection connection, string table, TimeProvider clock)
{
    /// <summary>What begins with the same lines, the shortest first.</summary>
    public Task<IReadOnlyList<LedgerEntry>> FindAsync(string head, CancellationToken cancellationToken) =>
        connection.ReadAsync(
            $"SELECT id, name, head, bytes, hash, lines, row_count, rejected, complete_bytes FROM {Sql.Name(table)} WHERE head = @head "
                + "ORDER BY bytes",
            new { head },
            row => new LedgerEntry(
                row.GetString(0),
                row.GetString(1),
                row.GetString(2),
                row.GetInt64(3),
                row.GetString(4),
                row.GetInt64(5),
                row.GetInt64(6),
                row.GetInt64(7),
                row.IsDBNull(8) ? null : row.GetInt64(8)
            ),
            cancellationToken
        );

    public Task WriteAsync(LedgerEntry entry, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            $"""
            DELETE FROM {Sql.Name(table)} WHERE id = @Id;
            INSERT INTO {Sql.Name(table)} (id, name, head, bytes, hash, lines, row_count, rejected, complete_bytes, updated_at)
            VALUES (@Id, @Name, @Head, @Bytes, @Hash, @Lines, @Rows, @Rejected, @CompleteBytes, @now)
            """,
            new Dictionary<string, object?>
            {
                ["Id"] = entry.Id,
                ["Name"] = entry.Name,
                ["Head"] = entry.Head,
                ["Bytes"] = entry.Bytes,
                ["Hash"] = entry.Hash,
                ["Lines"] = entry.Lines,
                ["Rows"] = entry.Rows,
                ["Rejected"] = entry.Rejected,
                ["CompleteBytes"] = entry.CompleteBytes,
                ["now"] = clock.UtcMoment(),
            },
            cancellationToken
        );
}
