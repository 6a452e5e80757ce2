using System.Data.Common;
using System.Text;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Files;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;
using Tradepost.Streams.Drains;
using Tradepost.Trading.Tapes;
using Tradepost.Trading.Writing;

namespace Tradepost.Trading.Draining;

/// <summary>
/// Moves a collector's file into the store: of its rows those that the store has not, so that it can be interrupted and done again. Then
/// both are compared hour by hour, and only a file whose every row is there is deleted.
/// </summary>
internal sealed class FileDrain(Store store, DbConnection connection, FileFolder folder, TimeProvider clock)
{
    private const string Staged = "drained_rows";

    private readonly DayPartitions partitions = new(store, clock);

    /// <summary>Called in each transaction before it is committed.</summary>
    public Func<DbConnection, CancellationToken, Task> Fence { get; init; } = (_, _) => Task.CompletedTask;

    public async Task<DrainedFile> RunAsync(string file, CancellationToken cancellationToken)
    {
        using var reader = TapeFile.Of(folder.PathOf(file)).Read();
        var kind = KindOf(file, reader);
        var columns = TapeRows.ColumnsOf(kind);
        await connection.ExecuteAsync($"CREATE TEMP TABLE {Staged} ({store.Dialect.ColumnDefinitions(columns)})", null, cancellationToken);
        try
        {
            var sums = await StageAsync(file, reader, kind, cancellationToken);
            var added = await AddMissingAsync(kind, columns, sums, cancellationToken);
            await CompareAsync(file, kind, columns, sums, cancellationToken);
            folder.Delete(file);
            return new DrainedFile(file, TypeOf(kind), sums.Hours.Values.Sum(hour => hour.Count), added, sums.Hours.Count);
        }
        finally
        {
            await connection.ExecuteAsync($"DROP TABLE IF EXISTS {Staged}", null, CancellationToken.None);
        }
    }

    private static string TypeOf(TapeKind kind) =>
        kind switch
        {
            TapeKind.Quotes => "quotes",
            TapeKind.Trades => "trades",
            _ => DrainedFile.TypeOfGaps,
        };

    private TapeKind KindOf(string file, LineReader reader)
    {
        try
        {
            reader.TryRead(out var line);
            var header = Encoding.UTF8.GetString(line);
            if (Enum.GetValues<TapeKind>().Where(kind => TapeHeader.Of(kind) == header).ToList() is [var kind])
            {
                return kind;
            }
        }
        catch (InvalidDataException)
        {
            throw Damaged(file, 1, Defect.CutOff);
        }

        throw Damaged(file, 1, Defect.WrongColumnCount);
    }

    private async Task<HourSums> StageAsync(string file, LineReader reader, TapeKind kind, CancellationToken cancellationToken)
    {
        var columns = TapeRows.ColumnsOf(kind);
        var (sums, rows, batch) = (new HourSums(columns), new TapeRows(kind, keepRepeated: true), new RowBatch(columns));
        await using var writer = await store.BeginBulkWriteAsync(connection, Staged, columns, cancellationToken);
        for (var isMore = true; isMore; )
        {
            isMore = Fill(file, reader, rows, batch);
            sums.Add(batch);
            await writer.WriteAsync(batch, cancellationToken);
            batch.Clear();
        }

        await writer.CompleteAsync(cancellationToken);
        return sums;
    }

    private bool Fill(string file, LineReader reader, TapeRows rows, RowBatch batch)
    {
        while (!batch.IsFull)
        {
            if (!reader.TryRead(out var line))
            {
                return reader.IsCut ? throw Damaged(file, reader.LineNumber, Defect.CutOff) : false;
            }

            var defect = rows.Add(batch, line);
            if (!defect.IsTaken() || !reader.IsTerminated)
            {
                throw Damaged(file, reader.LineNumber, reader.IsTerminated ? defect : Defect.CutOff);
            }
        }

        return true;
    }

    private JobFailedException Damaged(string file, long line, Defect defect) =>
        new(
            $"Line {line} of {folder.PathOf(file)} is not as it was written ({defect.Name()}). The file is left as it is, and nothing of "
                + "it was moved; `tradepost trading import` takes its good lines."
        );

    /// <summary>Every row counts as often as the file has it.</summary>
    private async Task<long> AddMissingAsync(
        TapeKind kind,
        IReadOnlyList<Column> columns,
        HourSums sums,
        CancellationToken cancellationToken
    )
    {
        if (kind == TapeKind.Quotes)
        {
            await partitions.EnsureAsync(connection, sums.Hours.Keys.Select(hour => hour * Moment.Hour), cancellationToken);
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var names = Sql.Names(columns.Select(column => column.Name));
        var added = await connection.ExecuteAsync(
            $"INSERT INTO {TapeRows.TableOf(kind)} ({names}) {Missing(kind, columns)}",
            Bounds(sums),
            cancellationToken
        );
        await Fence(connection, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return added;
    }

    private static string Missing(TapeKind kind, IReadOnlyList<Column> columns)
    {
        var names = Sql.Names(columns.Select(column => column.Name));
        return $"(SELECT {names} FROM {Staged} EXCEPT ALL SELECT {names} FROM {TapeRows.TableOf(kind)} WHERE {Within(columns)})";
    }

    private async Task CompareAsync(
        string file,
        TapeKind kind,
        IReadOnlyList<Column> columns,
        HourSums sums,
        CancellationToken cancellationToken
    )
    {
        var stored = await StoredAsync(kind, columns, sums, cancellationToken);
        foreach (var (hour, sum) in sums.Hours)
        {
            if (stored.Hours.GetValueOrDefault(hour) is var there && there != sum && there.Count <= sum.Count)
            {
                throw Different(file, hour, sum, there);
            }
        }

        // An hour of the store may have rows from elsewhere besides; then every row of the file must be among them.
        var missing = await connection.ScalarAsync<long>(
            $"SELECT count(*) FROM {Missing(kind, columns)} AS missing",
            Bounds(sums),
            cancellationToken
        );
        if (missing > 0)
        {
            throw new JobFailedException(
                $"{missing} rows of {folder.PathOf(file)} did not arrive in {store.Description}. The file is left as it is; run "
                    + "`tradepost trading drain` again."
            );
        }
    }

    private JobFailedException Different(string file, long hour, HourSum sum, HourSum there)
    {
        var time = Moment.ToDateTime(hour * Moment.Hour);
        return new JobFailedException(
            $"{folder.PathOf(file)} has {sum.Count} rows in the hour from {time:u}, and {store.Description} {there.Count} or others. The "
                + "file is left as it is; run `tradepost trading drain` again."
        );
    }

    private async Task<HourSums> StoredAsync(
        TapeKind kind,
        IReadOnlyList<Column> columns,
        HourSums sums,
        CancellationToken cancellationToken
    )
    {
        var stored = new HourSums(columns);
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"SELECT {Sql.Names(columns.Select(column => column.Name))} FROM {TapeRows.TableOf(kind)} WHERE {Within(columns)} AND "
            + $"exchange IN (SELECT exchange FROM {Staged}) AND symbol IN (SELECT symbol FROM {Staged})";
        command.CommandTimeout = 0;
        foreach (var (name, value) in Bounds(sums))
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            stored.Add(reader);
        }

        return stored;
    }

    private static string Within(IReadOnlyList<Column> columns) => $"{columns[2].Name} >= @from AND {columns[2].Name} < @to";

    private static Dictionary<string, object?> Bounds(HourSums sums) =>
        new()
        {
            ["from"] = sums.Hours.Keys.DefaultIfEmpty().Min() * Moment.Hour,
            ["to"] = (sums.Hours.Keys.DefaultIfEmpty().Max() + 1) * Moment.Hour,
        };
}
