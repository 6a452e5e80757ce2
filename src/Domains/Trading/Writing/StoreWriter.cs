using System.Data.Common;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Migrations;
using Tradepost.Storage.Retrying;
using Tradepost.Streams;
using Tradepost.Trading.Collecting;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Writing;

/// <summary>
/// Moves a log into the store, batch by batch: the rows and the position behind them are committed together, so that nothing is written twice
/// and nothing is left out. While the store is away the log grows, and is drained afterwards.
/// </summary>
internal sealed partial class StoreWriter(Store store, DurableLog log, string folder, TimeProvider clock, ILogger logger) : ILogWriter
{
    private const string ReaderName = "store";
    private const int FewRows = 2_000;
    private static readonly RetryPolicy Writing = RetryPolicy.Endless(TimeSpan.FromSeconds(1));

    private readonly string identity = log.Identity.ToString();
    private readonly QuoteRecords records = new();
    private readonly RowBatch quotes = new(QuoteTables.QuoteColumns);
    private readonly RowBatch trades = new(QuoteTables.TradeColumns);
    private readonly RowBatch gaps = new(QuoteTables.GapColumns);
    private readonly HashSet<long> days = [];
    private readonly List<(long Timestamp, long LocalTimestamp)> times = [];
    private readonly DayPartitions partitions = new(store, clock);
    private DateTimeOffset cleaned;
    private int trading;
    private int missing;

    // From the beginning on, so that no segment goes before it was read: it takes a while until the store says from where.
    private LogReader reader = log.Read(ReaderName, log.First);

    /// <summary>How long few rows are gathered before they are written.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Days of quotes to keep; null for all.</summary>
    public int? RetainedDays { get; init; }

    /// <summary>What the store's tables are made by, once it can be reached.</summary>
    public IReadOnlyList<MigrationSet> Migrations { get; init; } = [];

    /// <summary>The position before which everything is in the store.</summary>
    public long Position { get; private set; } = log.First;

    /// <summary>What reached the store.</summary>
    public MovedRecords Written { get; private set; }

    /// <summary>From the arrival of quotes to their commit.</summary>
    public LagCounts Lag { get; } = new();

    /// <summary>From the exchange's time of quotes to their commit.</summary>
    public LagCounts Age { get; } = new();

    /// <summary>Why the store does not take rows now; null when it does.</summary>
    public string? Failure { get; private set; }

    /// <summary>Writes until the log is closed and read to its end, or the token ends it.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Writing.RunAsync(
            "quotes.store",
            DrainAsync,
            e => StoreFailure.IsOfStore(e) && !cancellationToken.IsCancellationRequested,
            OnAway,
            clock,
            cancellationToken
        );

    /// <summary>Few rows are gathered for so short a time that they are there by then.</summary>
    public void Hurry() { }

    public void Dispose() => reader.Dispose();

    private void OnAway(Retry retry)
    {
        var (e, cause) = (retry.Failure, retry.Failure.GetBaseException());
        var reason =
            cause != e && !e.Message.Contains(cause.Message, StringComparison.Ordinal) ? $"{e.Message}: {cause.Message}" : e.Message;
        if (Failure is null)
        {
            LogAway(logger, store.Description, reason);
        }

        Failure = reason;
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        await new Migrator(store, Migrations, clock).MigrateAsync(cancellationToken);
        await using var connection = await store.OpenSessionAsync(cancellationToken);
        Position = await PositionAsync(connection, cancellationToken);
        await partitions.EnsureAsync(connection, [], cancellationToken);
        reader.Dispose();
        reader = log.Read(ReaderName, Position);
        var batch = new LogBatch();
        while (await reader.ReadAsync(batch, cancellationToken))
        {
            await WriteAsync(connection, batch, cancellationToken);
            Position = batch.Next;
            reader.Release(batch.Next);
            foreach (var damage in reader.Damage.Where(damage => damage.To == batch.First))
            {
                LogDamaged(logger, damage.Segment, damage.To - damage.From, damage.Offset);
            }

            if (batch.Count < FewRows)
            {
                await Task.Delay(FlushInterval, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<long> PositionAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var position = await connection.ScalarAsync<long?>(
            "SELECT position FROM log_positions WHERE log = @log",
            new { log = identity },
            cancellationToken
        );

        // Noted by its folder, as logs were before they had identities.
        position ??= await connection.ScalarAsync<long?>(
            "SELECT position FROM log_positions WHERE log = @folder",
            new { folder },
            cancellationToken
        );

        // A log whose store was restored from an old backup has released what is missing there.
        return position is { } known && known >= log.First && known <= log.Next ? known : log.First;
    }

    private async Task WriteAsync(DbConnection connection, LogBatch batch, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        Survey(batch);
        await CleanAsync(connection, cancellationToken);
        await partitions.EnsureAsync(connection, days, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await WriteAsync(connection, batch, RecordKind.Quote, cancellationToken);
        await WriteAsync(connection, batch, RecordKind.Trade, cancellationToken);
        await WriteAsync(connection, batch, RecordKind.Gap, cancellationToken);
        await connection.ExecuteAsync(
            "DELETE FROM log_positions WHERE log IN (@log, @folder); INSERT INTO log_positions (log, folder, position, written_at) VALUES (@log, @folder, @position, @now)",
            new
            {
                log = identity,
                folder,
                position = batch.Next,
                now = clock.UtcMoment(),
            },
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        var moved = MovedRecords.Of(batch);
        Written += moved;
        if (Failure is not null)
        {
            LogBack(logger, store.Description);
            Failure = null;
        }

        CollectorMetrics.Written.Add(moved.Rows);
        CollectorMetrics.Batch.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
        NoteLag();
    }

    /// <summary>What has to be known of a batch before its first row is written.</summary>
    private void Survey(LogBatch batch)
    {
        days.Clear();
        times.Clear();
        (trading, missing) = (0, 0);
        var day = long.MinValue;
        for (var i = 0; i < batch.Count; i++)
        {
            switch (QuoteRecords.KindOf(batch[i]))
            {
                case RecordKind.Quote:
                    var quote = QuoteRecords.TimesOf(batch[i]);
                    times.Add(quote);
                    if (quote.Timestamp - (quote.Timestamp % Moment.Day) is var begin && begin != day)
                    {
                        days.Add(day = begin);
                    }

                    break;
                case RecordKind.Trade:
                    trading++;
                    break;
                case RecordKind.Gap:
                    missing++;
                    break;
            }
        }
    }

    private void NoteLag()
    {
        if (times.Count == 0)
        {
            return;
        }

        var now = clock.Microseconds();
        foreach (var (timestamp, local) in times)
        {
            Lag.Add(now - local);
            Age.Add(now - timestamp);
        }

        CollectorMetrics.Lag.Record((now - times[0].LocalTimestamp) / 1e6);
    }

    private async Task WriteAsync(DbConnection connection, LogBatch batch, RecordKind kind, CancellationToken cancellationToken)
    {
        var (table, rows, count) = kind switch
        {
            RecordKind.Quote => (QuoteTables.Quotes, quotes, times.Count),
            RecordKind.Trade => (QuoteTables.Trades, trades, trading),
            _ => (QuoteTables.Gaps, gaps, missing),
        };
        if (count == 0)
        {
            return;
        }

        try
        {
            await using var writer = await store.BeginBulkWriteAsync(
                connection,
                table,
                [.. rows.Columns.Select(column => column.Column)],
                cancellationToken
            );
            for (var i = 0; i < batch.Count; i++)
            {
                if (QuoteRecords.KindOf(batch[i]) != kind)
                {
                    continue;
                }

                Add(rows, kind, batch[i]);
                if (rows.IsFull)
                {
                    await writer.WriteAsync(rows, cancellationToken);
                    rows.Clear();
                }
            }

            if (rows.Count > 0)
            {
                await writer.WriteAsync(rows, cancellationToken);
            }

            await writer.CompleteAsync(cancellationToken);
        }
        finally
        {
            rows.Clear();
        }
    }

    private void Add(RowBatch rows, RecordKind kind, ReadOnlySpan<byte> record)
    {
        switch (kind)
        {
            case RecordKind.Quote:
                QuoteTables.Add(rows, records.ReadQuote(record));
                break;
            case RecordKind.Trade:
                QuoteTables.Add(rows, records.ReadTrade(record));
                break;
            default:
                QuoteTables.Add(rows, records.ReadGap(record));
                break;
        }
    }

    private async Task CleanAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (RetainedDays is { } days && clock.GetUtcNow() - cleaned > TimeSpan.FromHours(1))
        {
            cleaned = clock.GetUtcNow();
            await partitions.DropAsync(connection, days, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Store} takes no rows ({Problem}); they stay in the log until it does.")]
    private static partial void LogAway(ILogger logger, string store, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Store} takes rows again.")]
    private static partial void LogBack(ILogger logger, string store);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Segment} is damaged at byte {Offset}: {Records} records could not be read.")]
    private static partial void LogDamaged(ILogger logger, string segment, long records, long offset);
}
