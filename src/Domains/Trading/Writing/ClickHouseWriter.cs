using System.Globalization;
using Microsoft.Extensions.Logging;
using Tradepost.Storage.ClickHouse;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Retrying;
using Tradepost.Streams;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Writing;

/// <summary>
/// Moves a log to ClickHouse, each record once. ClickHouse has no transactions: rows are inserted first and the position behind them is noted
/// afterwards. Whoever begins at a noted position, after a failure or in a new process, waits until no insert of this log runs any more, asks
/// which rows from there on have arrived, and leaves these out.
/// </summary>
internal sealed partial class ClickHouseWriter(ClickHouseClient server, DurableLog log, string name, TimeProvider clock, ILogger logger)
    : ILogWriter
{
    private const string ReaderName = "clickhouse";

    /// <summary>
    /// The most records that are inserted before the position behind them is noted: so many a writer that was killed may have left. The number may
    /// grow from version to version and must not shrink, because the next writer looks through as many for what is there already.
    /// </summary>
    private const int MostRecords = 200_000;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestInsert = TimeSpan.FromSeconds(60);
    private static readonly IReadOnlyList<string> Tables = [QuoteTables.Quotes, QuoteTables.Trades, QuoteTables.Gaps];

    private readonly ClickHouseRows rows = new(log.Identity);
    private readonly RowBinaryBuffer noted = new();
    private readonly QuoteRecords records = new();
    private readonly CancellationTokenSource hurrying = new();
    private readonly string queries = $"tradepost-{log.Identity}-";
    private DateTimeOffset cleaned;
    private int inserts;
    private int gathered;
    private MovedRecords moved;

    // From the beginning on, so that no segment goes before it was read: it takes a while until the server says from where.
    private LogReader reader = log.Read(ReaderName, log.First);

    /// <summary>How long records are gathered before they are inserted: each insert makes files of its own, which ClickHouse merges later.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the server is left alone after a failure.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Days of quotes to keep; null for all.</summary>
    public int? RetainedDays { get; init; }

    public long Position { get; private set; } = log.First;

    public MovedRecords Written { get; private set; }

    public string? Failure { get; private set; }

    public void Hurry() => hurrying.Cancel();

    public Task RunAsync(CancellationToken cancellationToken) =>
        RetryPolicy
            .Endless(Pause)
            .RunAsync("quotes.clickhouse", MoveAsync, e => e is ClickHouseException, OnAway, clock, cancellationToken);

    public void Dispose()
    {
        reader.Dispose();
        hurrying.Dispose();
        server.Dispose();
    }

    private void OnAway(Retry retry)
    {
        if (Failure is null)
        {
            LogAway(logger, retry.Failure.Message);
        }

        Failure = retry.Failure.Message;
    }

    private async Task MoveAsync(CancellationToken cancellationToken)
    {
        await ClickHouseTables.CreateAsync(server, cancellationToken);
        await UntilNothingIsInsertedAsync(cancellationToken);
        Position = await PositionAsync(cancellationToken);
        rows.Clear();
        (gathered, moved) = (0, default);
        var doubtful = MostRecords;
        reader.Dispose();
        reader = log.Read(ReaderName, Position);
        var batch = new LogBatch();
        while (await reader.ReadAsync(batch, cancellationToken))
        {
            var present = doubtful > 0 ? await PresentAsync(batch, cancellationToken) : [];
            doubtful -= batch.Count;
            for (var i = 0; i < batch.Count; i++)
            {
                if (!present.Contains(batch.First + i))
                {
                    rows.Add(batch[i], batch.First + i);
                }

                moved += QuoteRecords.KindOf(batch[i]) == RecordKind.Gap ? new MovedRecords(0, 1) : new MovedRecords(1, 0);
                if (++gathered >= MostRecords || rows.IsFull)
                {
                    await WriteAsync(batch.First + i + 1, cancellationToken);
                }
            }

            if (batch.Next < log.Durable)
            {
                continue;
            }

            if (gathered > 0)
            {
                await WriteAsync(batch.Next, cancellationToken);
            }

            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, hurrying.Token);
            await Task.Delay(FlushInterval, clock, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
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

            await Task.Delay(Look, clock, cancellationToken);
        }
    }

    private async Task<long> PositionAsync(CancellationToken cancellationToken)
    {
        var found = await server.ReadAsync(
            $"SELECT count(), max(position) FROM {server.Table(ClickHouseTables.Positions)} WHERE log = toUUID({Sql.Literal(log.Identity.ToString())})",
            cancellationToken
        );
        if (found[0][0] == "0")
        {
            return log.First;
        }

        var position = long.Parse(found[0][1], CultureInfo.InvariantCulture);
        if (position > log.Next)
        {
            throw new ClickHouseException(
                $"{server.Description} has more of the log in {name} than is in it ({position:N0} records, not {log.Next:N0}), as when a folder was restored from a copy; let the collector begin a new one."
            );
        }

        if (position < log.First)
        {
            LogMissed(logger, server.Description, log.First - position);
        }

        return Math.Max(position, log.First);
    }

    /// <summary>The positions of a batch that an earlier try has inserted.</summary>
    private async Task<HashSet<long>> PresentAsync(LogBatch batch, CancellationToken cancellationToken)
    {
        var (earliest, latest) = (long.MaxValue, long.MinValue);
        for (var i = 0; i < batch.Count; i++)
        {
            var timestamp = ClickHouseRows.TimestampOf(batch[i], records);
            (earliest, latest) = (Math.Min(earliest, timestamp), Math.Max(latest, timestamp));
        }

        var present = new HashSet<long>();
        foreach (var table in Tables)
        {
            var found = await server.ReadAsync(
                $"""
                    SELECT position FROM {server.Table(table)}
                    WHERE log = toUUID({Sql.Literal(log.Identity.ToString())}) AND position >= {batch.First} AND position < {batch.Next}
                      AND time >= toDateTime({RowBinaryBuffer.SecondsOf(earliest)}) AND time <= toDateTime({RowBinaryBuffer.SecondsOf(
                        latest
                    )})
                    """,
                cancellationToken
            );
            present.UnionWith(found.Select(row => long.Parse(row[0], CultureInfo.InvariantCulture)));
        }

        return present;
    }

    private async Task WriteAsync(long next, CancellationToken cancellationToken)
    {
        await InsertAsync(QuoteTables.Quotes, ClickHouseTables.QuoteColumns, rows.Quotes, cancellationToken);
        await InsertAsync(QuoteTables.Trades, ClickHouseTables.TradeColumns, rows.Trades, cancellationToken);
        await InsertAsync(QuoteTables.Gaps, ClickHouseTables.GapColumns, rows.Gaps, cancellationToken);
        rows.Clear();
        noted.Clear();
        noted.Add(log.Identity);
        noted.Add(name);
        noted.Add(next);
        await InsertAsync(ClickHouseTables.Positions, ClickHouseTables.PositionColumns, noted, cancellationToken);
        if (Failure is not null)
        {
            LogBack(logger, server.Description);
            Failure = null;
        }

        Written += moved;
        (gathered, moved) = (0, default);
        Position = next;
        reader.Release(next);
        await CleanAsync(cancellationToken);
    }

    private async Task InsertAsync(
        string table,
        IReadOnlyList<string> columns,
        RowBinaryBuffer content,
        CancellationToken cancellationToken
    )
    {
        if (content.Length > 0)
        {
            await server.InsertAsync(table, columns, content.Rows, $"{queries}{Environment.ProcessId}-{inserts++}", cancellationToken);
        }
    }

    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        if (RetainedDays is { } days && clock.GetUtcNow() - cleaned > TimeSpan.FromHours(1))
        {
            cleaned = clock.GetUtcNow();
            await ClickHouseTables.DropAsync(
                server,
                DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-days),
                cancellationToken
            );
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Problem} What comes stays in the log until ClickHouse takes it.")]
    private static partial void LogAway(ILogger logger, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Server} takes rows again.")]
    private static partial void LogBack(ILogger logger, string server);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Server} lacks {Records} records that the log held while it was not written to; they are in the store."
    )]
    private static partial void LogMissed(ILogger logger, string server, long records);
}
