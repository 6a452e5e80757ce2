using System.Data.Common;
using System.Runtime.CompilerServices;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Loading;

/// <summary>
/// Rows into a table by key, in bulk and so that doing it again changes nothing: they are written to a temporary table, and from
/// there what is new is inserted and what differs is updated. Of several rows with one key the last one counts.
/// </summary>
/// <param name="store">The store of the connection.</param>
/// <param name="connection">A session; when it is in a transaction, the upsert is part of it.</param>
/// <param name="table">Where the rows go. Keys are not null.</param>
public sealed class Upsert(Store store, DbConnection connection, Table table)
{
    private const string Order = "upsert_order";

    public Task<UpsertResult> RunAsync(IAsyncEnumerable<RowBatch> batches, CancellationToken cancellationToken)
    {
        IReadOnlyList<Column> columns = [.. table.Columns, new Column(Order, ColumnType.BigInt, IsNullable: false)];
        return new TemporaryRows(store, connection, $"upsert_{table.Name}", columns).UseAsync(
            NumberedAsync(batches, cancellationToken),
            staged => MergeAsync(staged, cancellationToken),
            cancellationToken
        );
    }

    private static async IAsyncEnumerable<RowBatch> NumberedAsync(
        IAsyncEnumerable<RowBatch> batches,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var rows = 0L;
        await foreach (var batch in batches.WithCancellation(cancellationToken))
        {
            yield return Numbered(batch, rows);
            rows += batch.Count;
        }
    }

    private static RowBatch Numbered(RowBatch batch, long first)
    {
        var order = ColumnBuffer.Create(new Column(Order, ColumnType.BigInt, IsNullable: false), batch.Capacity);
        for (var row = 0; row < batch.Count; row++)
        {
            order.Values<long>()[row] = first + row;
        }

        return batch.With(order);
    }

    private async Task<UpsertResult> MergeAsync(string staged, CancellationToken cancellationToken)
    {
        var name = Sql.Name(table.Name);
        var keys = Sql.Names(table.Key);
        var columns = Sql.Names(table.Columns.Select(column => column.Name));
        var values = table.Columns.Select(column => column.Name).Except(table.Key).ToList();
        var same = string.Join(" AND ", table.Key.Select(key => $"t.{Sql.Name(key)} = n.{Sql.Name(key)}"));
        var latest = $"(SELECT DISTINCT ON ({keys}) {columns} FROM {staged} ORDER BY {keys}, {Order} DESC)";
        var updated =
            values.Count == 0
                ? 0
                : await connection.ExecuteAsync(
                    $"""
                    UPDATE {name} t SET {string.Join(", ", values.Select(value => $"{Sql.Name(value)} = n.{Sql.Name(value)}"))}
                    FROM {latest} n WHERE {same} AND ({string.Join(
                        " OR ",
                        values.Select(value => $"t.{Sql.Name(value)} IS DISTINCT FROM n.{Sql.Name(value)}")
                    )})
                    """,
                    null,
                    cancellationToken
                );
        var inserted = await connection.ExecuteAsync(
            $"INSERT INTO {name} ({columns}) SELECT {columns} FROM {latest} n WHERE NOT EXISTS (SELECT 1 FROM {name} t WHERE {same})",
            null,
            cancellationToken
        );
        return new UpsertResult(inserted, updated);
    }
}
