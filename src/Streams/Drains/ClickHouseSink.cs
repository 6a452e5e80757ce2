using System.Globalization;
using Microsoft.Extensions.Logging;
using Tradepost.Storage.ClickHouse;
using Tradepost.Storage.Dialects;

namespace Tradepost.Streams.Drains;

/// <summary>
/// ClickHouse, each record once. It has no transactions: rows are inserted first and the position behind them is noted afterwards, in the
/// table <see cref="Positions"/>. Whoever begins at a noted position, after a failure or in a new process, waits until no insert of this
/// log runs any more, asks which rows from there on have arrived, and leaves these out. Each row therefore carries its time, its log and
/// its position there.
/// </summary>
/// <param name="name">What the log is called in messages: its folder.</param>
public sealed partial class ClickHouseSink(ClickHouseClient server, DurableLog log, string name, TimeProvider clock, ILogger logger)
    : LogSink(log)
{
    /// <summary>The table of positions: <c>log UUID, name String, position Int64</c>.</summary>
    public required string Positions { get; init; }

    /// <summary>
    /// The most records that are inserted before the position behind them is noted: so many a writer that was killed may have left. The
    /// number may grow from version to version and must not shrink, because the next writer looks through as many for what is there
    /// already.
    /// </summary>
    private const int MostRecords = 200_000;

    private static readonly TimeSpan Waiting = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestInsert = TimeSpan.FromSeconds(60);
    private static readonly string[] Added = ["time", "log", "position"];
    private static readonly string[] PositionColumns = ["log", "name", "position"];

    private readonly ClickHouseRows content = new(log.Identity);
    private readonly RowBinaryBuffer noted = new();
    private readonly string queries = $"tradepost-{log.Identity}-";
    private int doubtful;
    private int inserts;

    /// <summary>Makes the tables, and those of positions, where they are missing.</summary>
    public Func<ClickHouseClient, CancellationToken, Task> Create { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Called when rows have been written.</summary>
    public Func<ClickHouseClient, CancellationToken, Task> Clean { get; init; } = (_, _) => Task.CompletedTask;

    /// <inheritdoc/>
    public override string Name => "clickhouse";

    /// <inheritdoc/>
    public override int Enough => MostRecords;

    /// <inheritdoc/>
    public override int Most => MostRecords;

    /// <inheritdoc/>
    public override string Back => $"{server.Description} takes rows again.";

    /// <summary>The columns that an insert into a table names.</summary>
    public static IReadOnlyList<string> ColumnsOf(LogTable table) => [.. table.Stored.Select(column => column.Name), .. Added];

    /// <inheritdoc/>
    public override bool IsAway(Exception failure) => failure is ClickHouseException;

    /// <inheritdoc/>
    public override string Away(string problem) => $"{problem} What comes stays in the log until ClickHouse takes it.";

    /// <inheritdoc/>
    public override async Task<long> OpenAsync(CancellationToken cancellationToken)
    {
        await Create(server, cancellationToken);
        await UntilNothingIsInsertedAsync(cancellationToken);
        doubtful = MostRecords;
        return await PositionAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task WriteAsync(LogRows rows, long next, CancellationToken cancellationToken)
    {
        foreach (var table in rows.Tables.Where(table => table.Count > 0))
        {
            var present = doubtful > 0 ? await PresentAsync(table, rows.First, next, cancellationToken) : [];
            var columns = ColumnsOf(table.Table);
            content.Clear();
            foreach (var (batch, row, position) in table.Each)
            {
                if (!present.Contains(position))
                {
                    content.Add(table.Table, batch, row, position);
                }

                if (content.IsFull)
                {
                    await InsertAsync(table.Table.Name, columns, content.Rows, cancellationToken);
                    content.Clear();
                }
            }

            await InsertAsync(table.Table.Name, columns, content.Rows, cancellationToken);
        }

        doubtful -= rows.Count;
        noted.Clear();
        noted.Add(Log.Identity);
        noted.Add(name);
        noted.Add(next);
        await InsertAsync(Positions, PositionColumns, noted.Rows, cancellationToken);
        await Clean(server, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        server.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>An insert whose client is gone may still be at work; what it will have inserted could not be asked for yet.</summary>
    private async Task UntilNothingIsInsertedAsync(CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        while (
            (
                await server.ReadAsync(
                    $"SELECT query_id FROM system.processes WHERE startsWith(query_id, {Sql.Literal(queries)})",
                    cancellationToken
                )
            ).Count > 0
        )
        {
            if (clock.GetElapsedTime(began) > LongestInsert)
            {
                throw new ClickHouseException($"{server.Description} is still busy with an insert of an earlier try.");
            }

            await Task.Delay(Waiting, clock, cancellationToken);
        }
    }

    private async Task<long> PositionAsync(CancellationToken cancellationToken)
    {
        var found = await server.ReadAsync(
            $"SELECT count(), max(position) FROM {server.Table(Positions)} WHERE log = toUUID({Sql.Literal(Log.Identity.ToString())})",
            cancellationToken
        );
        if (found[0][0] == "0")
        {
            return Log.First;
        }

        var position = long.Parse(found[0][1], CultureInfo.InvariantCulture);
        if (position > Log.Next)
        {
            throw new ClickHouseException(
                $"{server.Description} has more of the log in {name} than is in it ({position:N0} records, not {Log.Next:N0}), as when a "
                    + "folder was restored from a copy; begin a new one."
            );
        }

        if (position < Log.First)
        {
            LogMissed(logger, server.Description, Log.First - position);
        }

        return Math.Max(position, Log.First);
    }

    /// <summary>The positions of rows that an earlier try has inserted.</summary>
    private async Task<HashSet<long>> PresentAsync(TableRows rows, long first, long next, CancellationToken cancellationToken)
    {
        var (earliest, latest) = (long.MaxValue, long.MinValue);
        foreach (var moment in rows.Moments(rows.Table.TimeColumn))
        {
            (earliest, latest) = (Math.Min(earliest, moment), Math.Max(latest, moment));
        }

        var found = await server.ReadAsync(
            $"""
            SELECT position FROM {server.Table(rows.Table.Name)}
            WHERE log = toUUID({Sql.Literal(Log.Identity.ToString())}) AND position >= {first} AND position < {next}
              AND time >= toDateTime({RowBinaryBuffer.SecondsOf(earliest)}) AND time <= toDateTime({RowBinaryBuffer.SecondsOf(latest)})
            """,
            cancellationToken
        );
        return [.. found.Select(row => long.Parse(row[0], CultureInfo.InvariantCulture))];
    }

    private async Task InsertAsync(
        string table,
        IReadOnlyList<string> columns,
        ReadOnlyMemory<byte> rows,
        CancellationToken cancellationToken
    )
    {
        if (rows.Length > 0)
        {
            await server.InsertAsync(table, columns, rows, $"{queries}{Environment.ProcessId}-{inserts++}", cancellationToken);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Server} lacks {Records} records that the log held while it was not written to; they are in the store."
    )]
    private static partial void LogMissed(ILogger logger, string server, long records);
}
