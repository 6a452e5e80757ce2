using System.Text;
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
    private const int LongestValue = 100;

    /// <summary>
    /// Reads what the loads of one database ask for. What the store copies itself is one transaction, so that it need not be made
    /// durable piece by piece; a whole large table would keep too much of it in memory.
    /// </summary>
    public async Task ReadAsync(IReadOnlyList<TableLoad> loads, CancellationToken cancellationToken)
    {
        if (loads[0].Snapshot is IDirectCopy direct && !loads.Any(load => load.IsWhole && !load.Table.IsReadWhole))
        {
            await direct.InTransactionAsync(() => ReadEachAsync(loads, cancellationToken), cancellationToken);
        }
        else
        {
            await ReadEachAsync(loads, cancellationToken);
        }
    }

    /// <summary>Looks up once what is staged of the units that are replaced: it is subtracted, counted and compared later.</summary>
    public async Task CollectDisplacedAsync(TableLoad load, CancellationToken cancellationToken)
    {
        if (load.ReplacedUnits == 0)
        {
            return;
        }

        var table = load.Table;
        var columns = Sql.Names(table.DisplacedColumns.Select(column => column.Name));

        // A planner cannot know that a few units are to be found by index rather than by another scan of everything.
        await ExecuteAsync(
            load,
            name =>
                $"""
                    {store.Dialect.LookUpBy(Sql.Name(table.Replaced))}
                    DELETE FROM {name(table.Displaced)};
                    INSERT INTO {name(table.Displaced)} ({columns})
                    SELECT {columns} FROM {name(table.Staging)} s WHERE s.{Sql.Name(table.Unit)} IN (SELECT unit FROM {name(
                        table.Replaced
                    )})
                    """,
            cancellationToken
        );
    }

    private async Task ReadEachAsync(IReadOnlyList<TableLoad> loads, CancellationToken cancellationToken)
    {
        await ExecuteAsync(
            loads[0],
            name => string.Join('\n', loads.Select(load => LandingTables.Create(store, load.Table, name))),
            cancellationToken
        );
        foreach (var load in loads.Where(load => load.Query.IsPresent))
        {
            await ReadAsync(load, cancellationToken);
        }
    }

    /// <summary>Reads what a load asks for into its landing table, and notes which units that replaces.</summary>
    private async Task ReadAsync(TableLoad load, CancellationToken cancellationToken)
    {
        await AppendAsync(load, load.Query.Rows(ConditionOf(load)), cancellationToken);
        if (load.IsWhole)
        {
            return;
        }

        if (load.Query.RowsWithoutUnit is { } withoutUnit)
        {
            await AppendAsync(load, withoutUnit, cancellationToken);
        }

        // A changed order replaces its lines even when none are left.
        var (unit, from) = load.Table.Parent is { } parent ? ("unit", parent.Replaced) : (load.Table.Unit, load.Table.Landing);
        load.ReplacedUnits = await ExecuteAsync(
            load,
            name =>
                $"INSERT INTO {name(load.Table.Replaced)} SELECT DISTINCT {Sql.Name(unit)} FROM {name(from)} WHERE {Sql.Name(unit)} IS "
                + "NOT NULL",
            cancellationToken
        );
        await CollectDisplacedAsync(load, cancellationToken);
    }

    /// <summary>
    /// Where the store copies itself, the orders that were just read say which lines to read: they need not be looked for again.
    /// </summary>
    private static string? ConditionOf(TableLoad load) =>
        load is { Snapshot: IDirectCopy direct, Table.Parent: { } parent, IsWhole: false }
            ? load.Query.UnitsOf($"SELECT unit FROM {direct.NameOf(parent.Replaced)}")
            : load.Condition;

    /// <summary>Runs statements where they see what was read: where the store copies itself, on the same connection.</summary>
    private async Task<int> ExecuteAsync(TableLoad load, Func<Func<string, string>, string> sql, CancellationToken cancellationToken)
    {
        if (load.Snapshot is IDirectCopy direct)
        {
            return await direct.ExecuteAsync(sql(direct.NameOf), cancellationToken);
        }

        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.ExecuteAsync(sql(Sql.Name), null, cancellationToken);
    }

    /// <summary>Reads a query in our staging shape into the load's landing table.</summary>
    public async Task AppendAsync(TableLoad load, SourceRows query, CancellationToken cancellationToken)
    {
        var table = load.Table;
        long rows;
        if (load.Snapshot is IDirectCopy direct)
        {
            rows = await direct.CopyAsync(query.Query, table.Landing, table.StagingColumns, cancellationToken);
            load.MayLackKeys = load.Query.RowsWithoutUnit is not null;
        }
        else
        {
            await using var connection = await store.OpenSessionAsync(cancellationToken);
            await using var reader = await load.Snapshot.ReadAsync(query.Query, table.StagingColumns, cancellationToken);
            await using var writer = await store.BeginBulkWriteAsync(connection, table.Landing, table.StagingColumns, cancellationToken);
            var sums = new StreamedSums(table, load);
            var storedHash = load.Query.StoredHash;
            await BatchPump.RunAsync(reader, writer, table.StagingColumns, Observe, cancellationToken);
            rows = await writer.CompleteAsync(cancellationToken);
            await store.FlushWriteCountsAsync(connection, cancellationToken);

            void Observe(RowBatch batch)
            {
                progress(table.Name, batch.Count);
                sums.Add(batch);
                store.NoteUnkeepable(batch);
                NoteUnreadable(load, batch);
                storedHash?.Replace(batch, table.Columns.Count + 1);
            }
        }

        load.Result.Read += rows;
        if (query.Problems is { } problems)
        {
            await NoteProblemsAsync(load, problems, cancellationToken);
        }
    }

    /// <summary>Notes what the source's own query found that it cannot give as it is.</summary>
    private static async Task NoteProblemsAsync(TableLoad load, string problems, CancellationToken cancellationToken)
    {
        var keys = load.Table.Columns.Where(column => load.Table.Key.Contains(column.Name)).ToList();
        Column[] columns = [.. keys, load.Table.RowHash, new("name", ColumnType.Text), new("value", ColumnType.Text)];
        await using var reader = await load.Snapshot.ReadAsync(problems, columns, cancellationToken);
        var batch = new RowBatch(columns);
        while (await reader.FillAsync(batch, cancellationToken))
        {
            for (var row = 0; row < batch.Count; row++)
            {
                var (name, value) = (TextOf(batch[keys.Count + 1], row), TextOf(batch[keys.Count + 2], row));
                var type = load.Table.Columns.Single(column => column.Name == name).Type;
                load.Unreadable.Add(
                    new UnreadableValue(
                        NaturalKey(load.Table, batch, row),
                        batch[keys.Count].Values<long>()[row],
                        name,
                        $"{name} cannot be read as {type}: the source has {value}"
                    )
                );
            }

            batch.Clear();
        }

        FailOnTooMany(load);
    }

    private static string TextOf(ColumnBuffer buffer, int row)
    {
        var text = Encoding.UTF8.GetString(buffer.AsText()[row]).Replace('\0', '\ufffd');
        return text.Length <= LongestValue ? text : $"{text[..LongestValue]}…";
    }

    private static void NoteUnreadable(TableLoad load, RowBatch batch)
    {
        load.MayLackKeys |= load.Table.Key.Where((_, i) => batch[i].HasNulls).Any();
        var hashes = batch[load.Table.Columns.Count + 1].Values<long>();
        foreach (var problem in batch.Problems)
        {
            load.Unreadable.Add(
                new UnreadableValue(NaturalKey(load.Table, batch, problem.Row), hashes[problem.Row], problem.Column, problem.Problem)
            );
        }

        FailOnTooMany(load);
    }

    private static void FailOnTooMany(TableLoad load)
    {
        if (load.Unreadable.Count > UnreadableAtMost)
        {
            throw new DataQualityException(
                $"Source table {load.Table.Name} has more than {UnreadableAtMost} unreadable values, the last: "
                    + $"{load.Unreadable[^1].Problem}."
            );
        }
    }

    private static string NaturalKey(SourceTable table, RowBatch batch, int row)
    {
        return string.Join(':', table.Key.Select((_, i) => batch[i].IsNull(row) ? "" : Number(batch[i]).ToString()));

        long Number(ColumnBuffer key) => key.Column.Type == ColumnType.BigInt ? key.Values<long>()[row] : key.Values<int>()[row];
    }
}
