using Microsoft.Extensions.Logging.Abstractions;
using Tradepost.Storage;
using Tradepost.Streams;
using Tradepost.Trading.Quotes;
using Tradepost.Trading.Writing;

namespace Tradepost.Trading.Tests.Writing;

/// <summary>How a log is moved into PostgreSQL.</summary>
public sealed class StoreLogTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gaps_are_written_together_and_counted_apart_from_quotes()
    {
        await using var world = await CollectorWorld.CreateAsync(StoreKind.Postgres);
        await using var connection = await world.Store.OpenAsync(Cancellation);
        await connection.ExecuteAsync(
            """
            CREATE TABLE statements (at timestamptz DEFAULT now());
            CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO statements DEFAULT VALUES; RETURN NULL; END $$;
            CREATE TRIGGER noted AFTER INSERT ON collector_gaps FOR EACH STATEMENT EXECUTE FUNCTION note();
            """,
            null,
            Cancellation
        );
        var gaps = Enumerable
            .Range(0, 1_000)
            .Select(i => new Gap("binance", "牛角USDT", "quotes", TapeWorld.Noon + i, TapeWorld.Noon + i + 1, i, i + 1, GapReason.Silent))
            .ToList();
        await using var log = DurableLog.Open(world.LogFolder, new LogOptions(), TimeProvider.System);
        var buffer = new byte[512];
        foreach (var gap in gaps)
        {
            await log.AppendAsync(buffer.AsMemory(0, QuoteRecords.Write(buffer, gap)), Cancellation);
        }

        await log.AppendAsync(
            buffer.AsMemory(0, QuoteRecords.Write(buffer, new Quote("binance", "牛角USDT", 1, TapeWorld.Noon, TapeWorld.Noon, 1, 2, 0, 0))),
            Cancellation
        );
        await log.FlushAsync(Cancellation);

        using var writer = QuoteDrains.ToStore(world.Store, log, world.LogFolder, TimeProvider.System, NullLogger.Instance);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var writing = writer.RunAsync(stop.Token);
        while (writer.Position < log.Durable && !writing.IsCompleted)
        {
            await Task.Delay(5, Cancellation);
        }

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => writing);
        MovedRecords.Of(writer).ShouldBe(new MovedRecords(Rows: 1, Gaps: 1_000));
        (await world.GapsAsync()).ShouldBe(gaps);
        (await TapeWorld.CountAsync(world, "statements")).ShouldBeLessThan(10);
    }

    [Fact]
    public async Task Only_partitions_of_our_own_are_dropped_by_their_age()
    {
        await using var world = await CollectorWorld.CreateAsync(StoreKind.Postgres);
        await using var connection = await world.Store.OpenAsync(Cancellation);
        await connection.ExecuteAsync(
            """
            CREATE TABLE old PARTITION OF orderbook_data FOR VALUES FROM (1000) TO (2000);
            CREATE TABLE archive_of_all_20010101 PARTITION OF orderbook_data FOR VALUES FROM (2000) TO (3000);
            CREATE TABLE orderbook_data_20010101 PARTITION OF orderbook_data FOR VALUES FROM (3000) TO (4000);
            """,
            null,
            Cancellation
        );

        await new DayPartitions(world.Store, TimeProvider.System).DropAsync(connection, retainedDays: 3, Cancellation);

        var left = await connection.ReadAsync(
            "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'orderbook_data'::regclass ORDER BY 1",
            row => row.GetString(0),
            Cancellation
        );
        left.ShouldBe(["archive_of_all_20010101", "old", "orderbook_data_default"]);
    }
}
