using System.Data.Common;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Rejects;

/// <summary>A table that keeps rejected rows of files: which columns it has, and what stands in them.</summary>
/// <param name="name">The table.</param>
/// <param name="loadColumn">The column with the load's id.</param>
/// <param name="ruleColumn">The column with the rule.</param>
/// <param name="columns">The columns that are written.</param>
/// <param name="fill">Fills a row of them.</param>
public sealed class RejectTable(string name, string loadColumn, string ruleColumn, IReadOnlyList<Column> columns, RejectTable.FillRow fill)
{
    /// <summary>Fills a row of a batch with a reject.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="row">Which of its rows.</param>
    /// <param name="load">The load's id.</param>
    /// <param name="file">The file's name.</param>
    /// <param name="reject">The reject.</param>
    public delegate void FillRow(RowBatch batch, int row, string load, string file, Reject reject);

    /// <summary>The table that all domains share.</summary>
    public const string Shared = "rejects";

    public string Name { get; } = name;

    /// <summary>Of the loads into a table, in <c>rejects</c>.</summary>
    public static RejectTable Of(string destination, TimeProvider clock) =>
        new(
            Shared,
            "run_id",
            "rule",
            [
                new Column("run_id", ColumnType.Text, IsNullable: false),
                new Column("source_table", ColumnType.Text, IsNullable: false),
                new Column("natural_key", ColumnType.Text, IsNullable: false),
                new Column("rule", ColumnType.Text, IsNullable: false),
                new Column("problem", ColumnType.Text, IsNullable: false),
                new Column("row", ColumnType.Json, IsNullable: false),
                new Column("rejected_at", ColumnType.Timestamp, IsNullable: false),
            ],
            (batch, row, load, file, reject) =>
            {
                batch[0].AsText().Set(row, load.AsSpan());
                batch[1].AsText().Set(row, destination.AsSpan());
                batch[2].AsText().Set(row, $"{file}:{reject.Line}".AsSpan());
                batch[3].AsText().Set(row, reject.Rule.AsSpan());
                batch[4].AsText().Set(row, reject.Problem.AsSpan());
                batch[5].AsText().Set(row, reject.Row.AsSpan());
                batch[6].Values<long>()[row] = clock.Microseconds();
            }
        );

    /// <summary>Writes rejects, within the transaction of the connection.</summary>
    public async Task WriteAsync(
        Store store,
        DbConnection connection,
        string load,
        string file,
        IReadOnlyCollection<Reject> rejects,
        CancellationToken cancellationToken
    )
    {
        if (rejects.Count == 0)
        {
            return;
        }

        var batch = new RowBatch(columns);
        await using var writer = await store.BeginBulkWriteAsync(connection, Name, columns, cancellationToken);
        foreach (var part in rejects.Chunk(batch.Capacity))
        {
            batch.Clear();
            foreach (var reject in part)
            {
                fill(batch, batch.Count++, load, file, reject);
            }

            await writer.WriteAsync(batch, cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
    }

    /// <summary>How many of a load's rejects are kept, by rule.</summary>
    public Task<IReadOnlyList<(string Rule, long Rows)>> KeptAsync(
        DbConnection connection,
        string load,
        CancellationToken cancellationToken
    ) =>
        connection.ReadAsync(
            $"SELECT {ruleColumn}, count(*) FROM {Sql.Name(Name)} WHERE {loadColumn} = @load GROUP BY {ruleColumn}",
            new { load },
            row => (row.GetString(0), row.GetInt64(1)),
            cancellationToken
        );

    /// <summary>Removes a load's rejects of a rule, which are none any more.</summary>
    public Task ForgetAsync(DbConnection connection, string load, string rule, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            $"DELETE FROM {Sql.Name(Name)} WHERE {loadColumn} = @load AND {ruleColumn} = @rule",
            new { load, rule },
            cancellationToken
        );
}
