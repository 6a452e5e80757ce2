using System.Data.Common;
using Tradepost.Storage;

namespace Tradepost.Trading.Importing;

/// <summary>The files that are in a store, and how far.</summary>
internal sealed class FileLedger(DbConnection connection, TimeProvider clock)
{
    /// <summary>What begins with the same two lines, the shortest first.</summary>
    public Task<IReadOnlyList<LedgerEntry>> FindAsync(string head, CancellationToken cancellationToken) =>
        connection.ReadAsync(
            "SELECT id, name, head, bytes, hash, lines, row_count, rejected, complete_bytes FROM import_files WHERE head = @head ORDER BY bytes",
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
            """
            DELETE FROM import_files WHERE id = @Id;
            INSERT INTO import_files (id, name, head, bytes, hash, lines, row_count, rejected, complete_bytes, updated_at)
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

    /// <summary>How many of a file's rejected lines are kept, by what is wrong with them.</summary>
    public Task<IReadOnlyList<(string Reason, long Lines)>> KeptAsync(string id, CancellationToken cancellationToken) =>
        connection.ReadAsync(
            "SELECT reason, count(*) FROM collector_rejects WHERE file_id = @id GROUP BY reason",
            new { id },
            row => (row.GetString(0), row.GetInt64(1)),
            cancellationToken
        );

    /// <summary>A file that was cut off goes on now: the rest of the line it ended in is no longer a reject.</summary>
    public Task ForgetCutAsync(string id, string reason, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            "DELETE FROM collector_rejects WHERE file_id = @id AND reason = @reason",
            new { id, reason },
            cancellationToken
        );
}
