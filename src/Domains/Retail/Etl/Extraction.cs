using System.Globalization;
using Tradepost.Retail.Sources;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Sources;
using Tradepost.Storage.Tables;

namespace Tradepost.Retail.Etl;

/// <summary>
/// Brings rows from a source into the run's landing tables. They are nobody's but this run's: what a killed run leaves behind
/// the next one drops.
/// </summary>
internal sealed class Extraction(Store store, Action<string, long> progress)
{
    private const int UnreadableAtMost = 100_000;

    public async Task CreateLandingsAsync(IEnumerable<SourceTable> tables, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(
            string.Join('\n', tables.Select(table => LandingTables.Create(store, table))),
            null, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Reads what the load asks for into its landing table, and notes which units that replaces.</summary>
    public async Task ReadAsync(TableLoad load, CancellationToken cancellationToken)
    {
        await AppendAsync(load, load.Query.Rows(load.Condition), cancellationToken);
        if (load.IsWhole)
        {
            return;
        }

        // A changed order replaces its lines even when none are left.
        var (unit, from) = load.Table.Parent is { } parent ? ("unit", parent.Replaced) : (load.Table.Unit, load.Table.Landing);
        await using var connection = await store.OpenAsync(cancellationToken);
        load.ReplacedUnits = await connection.ExecuteAsync(
            $"INSERT INTO {Sql.Name(load.Table.Replaced)} SELECT DISTINCT {Sql.Name(unit)} FROM {Sql.Name(from)}", null, cancellationToken);
    }

    /// <summary>Reads a query in our staging shape into the load's landing table.</summary>
    public async Task AppendAsync(TableLoad load, string query, CancellationToken cancellationToken)
    {
        var table = load.Table;
        long rows;
        if (load.Snapshot is IDirectCopy direct)
        {
            rows = await direct.CopyAsync(query, table.Landing, table.StagingColumns, cancellationToken);
        }
        else
        {
            await using var connection = await store.OpenSessionAsync(cancellationToken);
            await using var reader = await load.Snapshot.ReadAsync(query, table.StagingColumns, cancellationToken);
            await using var writer = await store.BeginBulkWriteAsync(connection, table.Landing, table.StagingColumns, cancellationToken);
            var sums = new StreamedSums(table, load);
            await BatchPump.RunAsync(reader, writer, table.StagingColumns, Observe, cancellationToken);
            rows = await writer.CompleteAsync(cancellationToken);
            await TableWrites.FlushAsync(store, connection, cancellationToken);

            void Observe(RowBatch batch)
            {
                progress(table.Name, batch.Count);
                sums.Add(batch);
                NoteUnreadable(load, batch);
            }
        }

        load.Result.Read += rows;
    }

    private static void NoteUnreadable(TableLoad load, RowBatch batch)
    {
        foreach (var problem in batch.Problems)
        {
            load.Unreadable.Add((NaturalKey(load.Table, batch, problem.Row), problem.Problem));
        }

        if (load.Unreadable.Count > UnreadableAtMost)
        {
            throw new DataQualityException($"Source table {load.Table.Name} has more than {UnreadableAtMost} unreadable values, the last: {load.Unreadable[^1].Problem}.");
        }
    }

    private static string NaturalKey(SourceTable table, RowBatch batch, int row)
    {
        var parts = table.Key.Select((_, i) => batch[i].Column.Type == ColumnType.BigInt ? batch[i].Values<long>()[row] : batch[i].Values<int>()[row]);
        return string.Join(':', parts.Select(part => part.ToString(CultureInfo.InvariantCulture)));
    }
}
