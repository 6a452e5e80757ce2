using Microsoft.Extensions.Logging;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Storage.ClickHouse;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;
using Tradepost.Streams;
using Tradepost.Streams.Drains;
using Tradepost.Streams.Topics;

namespace Tradepost.Trading.Writing;

/// <summary>The drains of a collector's log: to the store, to files, and to what is set beside them.</summary>
internal static class QuoteDrains
{
    private static readonly TimeSpan BetweenCleanings = TimeSpan.FromHours(1);

    /// <summary>To a store.</summary>
    /// <param name="retainedDays">Days of quotes to keep; null for all.</param>
    /// <param name="flushInterval">How long few rows are gathered before they are written.</param>
    public static LogDrain ToStore(
        Store store,
        DurableLog log,
        string folder,
        TimeProvider clock,
        ILogger logger,
        IReadOnlyList<MigrationSet>? migrations = null,
        int? retainedDays = null,
        TimeSpan? flushInterval = null
    )
    {
        var partitions = new DayPartitions(store, clock);
        var isDue = EveryHour(clock);
        var sink = new StoreSink(store, log, folder, StoreFailure.IsOfStore, clock)
        {
            Positions = QuoteLog.Positions,
            Migrations = migrations ?? [],
            Prepare = async (connection, rows, cancellationToken) =>
            {
                if (rows is not null && retainedDays is { } days && isDue())
                {
                    await partitions.DropAsync(connection, days, cancellationToken);
                }

                await partitions.EnsureAsync(connection, rows is null ? [] : DaysOf(rows.Tables[0]), cancellationToken);
            },
        };
        return new LogDrain(log, new QuoteLog(), sink, clock, logger)
        {
            FlushInterval = flushInterval ?? TimeSpan.FromMilliseconds(100),
            Moved = (rows, took) => WriterMetrics.Note(rows, took, clock),
        };
    }

    /// <summary>To ClickHouse.</summary>
    /// <param name="pause">How long the server is left alone after a failure.</param>
    /// <param name="flushInterval">How long records are gathered: each insert makes files of its own, which ClickHouse merges
    /// later.</param>
    public static LogDrain ToClickHouse(
        ClickHouseClient server,
        DurableLog log,
        string name,
        TimeProvider clock,
        ILogger logger,
        int? retainedDays = null,
        TimeSpan? pause = null,
        TimeSpan? flushInterval = null
    )
    {
        var isDue = EveryHour(clock);
        var sink = new ClickHouseSink(server, log, name, clock, logger)
        {
            Positions = QuoteLog.Positions,
            Create = ClickHouseTables.CreateAsync,
            Clean = (client, cancellationToken) =>
                retainedDays is { } days && isDue()
                    ? ClickHouseTables.DropAsync(
                        client,
                        DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-days),
                        cancellationToken
                    )
                    : Task.CompletedTask,
        };
        return new LogDrain(log, new QuoteLog(), sink, clock, logger)
        {
            FlushInterval = flushInterval ?? TimeSpan.FromSeconds(1),
            Pause = pause ?? TimeSpan.FromSeconds(1),
        };
    }

    /// <summary>To topics.</summary>
    /// <param name="pause">How long the topics are left alone after a failure.</param>
    public static LogDrain ToTopics(
        Func<ITopics> open,
        DurableLog log,
        string folder,
        TimeProvider clock,
        ILogger logger,
        TimeSpan? pause = null
    ) =>
        new(log, new QuoteLog(), new TopicSink(open, log, folder, clock, logger), clock, logger)
        {
            FlushInterval = TimeSpan.FromMilliseconds(50),
            Pause = pause ?? TimeSpan.FromSeconds(1),
        };

    /// <summary>To files.</summary>
    /// <param name="flushInterval">How long records are gathered: each write makes a gzip member of its own.</param>
    public static LogDrain ToFiles(FileFolder folder, DurableLog log, TimeProvider clock, ILogger logger, TimeSpan? flushInterval = null) =>
        new(log, new QuoteLog(), new FileSink(folder, log), clock, logger) { FlushInterval = flushInterval ?? TimeSpan.FromSeconds(5) };

    /// <summary>Those to what is set beside the store.</summary>
    public static IEnumerable<LogDrain> Beside(
        ClickHouseUrl? analytics,
        KafkaBrokers? kafka,
        DurableLog log,
        string folder,
        TimeProvider clock,
        ILogger logger,
        int? retainedDays = null
    )
    {
        if (analytics is not null)
        {
            yield return ToClickHouse(new ClickHouseClient(analytics), log, folder, clock, logger, retainedDays);
        }

        if (kafka is not null)
        {
            yield return ToTopics(() => new KafkaTopics(kafka), log, folder, clock, logger);
        }
    }

    /// <summary>A moment of each day that quotes are of, or of some days several.</summary>
    private static IEnumerable<long> DaysOf(TableRows quotes)
    {
        var day = long.MinValue;
        foreach (var moment in quotes.Moments(quotes.Table.TimeColumn))
        {
            if (moment - (moment % Moment.Day) is var begin && begin != day)
            {
                yield return day = begin;
            }
        }
    }

    private static Func<bool> EveryHour(TimeProvider clock)
    {
        var last = DateTimeOffset.MinValue;
        return () =>
        {
            var now = clock.GetUtcNow();
            var isDue = now - last > BetweenCleanings;
            last = isDue ? now : last;
            return isDue;
        };
    }
}
