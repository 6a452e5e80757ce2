using Microsoft.Extensions.Logging.Abstractions;
using Tradepost.Streams;
using Tradepost.Trading.Draining;
using Tradepost.Trading.Filing;
using Tradepost.Trading.Tapes;
using Tradepost.Trading.Writing;

namespace Tradepost.Trading.Tests.Filing;

/// <summary>A collector's log in files, and from there into the store.</summary>
public sealed class FiledLogTests
{
    private const string Day = "binance-futures_book_ticker_2024-08-08_BTCUSDT.csv.gz";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_log_is_in_files_by_symbol_and_day_in_the_columns_of_the_archives()
    {
        await using var world = await CollectorWorld.CreateAsync(StoreKind.DuckDb);

        await FiledLog.AppendAsync(world, 0, 500);
        await FiledLog.MoveAsync(world);

        FiledLog
            .Names(world)
            .ShouldBe([
                "binance-futures_book_ticker_2024-08-08_BTCUSDT.csv.gz",
                "binance-futures_book_ticker_2024-08-08_ETHUSDT.csv.gz",
                "binance-futures_gaps_2024-08-08_BTCUSDT.csv.gz",
                "binance-futures_trades_2024-08-08_BTCUSDT.csv.gz",
            ]);
        var lines = FiledLog.Lines(world, Day);
        lines[0].ShouldBe(TapeHeader.Quotes);
        lines[1].ShouldBe("binance-futures,BTCUSDT,1723118400000000,1723118400000007,1.5,60000.1,60000,2.00000001");
        lines.Count.ShouldBe(1 + 500);
    }

    [Fact]
    public async Task A_writer_of_files_that_was_killed_between_two_files_goes_on_with_each_record_once()
    {
        await using var world = await CollectorWorld.CreateAsync(StoreKind.DuckDb);
        await FiledLog.AppendAsync(world, 0, 300);
        await FiledLog.MoveAsync(world);
        var known = FiledLog.Copy(world);
        await FiledLog.AppendAsync(world, 300, 300);
        await FiledLog.MoveAsync(world);
        var whole = FiledLog.Lines(world, Day);

        // What a kill leaves: files that are longer than is known of them, one cut in the middle, one that was just begun.
        File.Copy(known, Path.Combine(FiledLog.Folder(world), "positions.json"), overwrite: true);
        using (var cut = File.OpenWrite(Path.Combine(FiledLog.Folder(world), Day)))
        {
            cut.SetLength(cut.Length - 11);
        }

        await File.WriteAllBytesAsync(
            Path.Combine(FiledLog.Folder(world), "binance-futures_book_ticker_2024-08-09_BTCUSDT.csv.gz"),
            [0x1F, 0x8B, 8],
            Cancellation
        );
        await FiledLog.MoveAsync(world);

        FiledLog.Lines(world, Day).ShouldBe(whole);
        FiledLog.Names(world).Count.ShouldBe(4);
    }

    [Fact]
    public async Task What_is_in_files_stays_in_the_log_until_the_store_has_it_too()
    {
        await using var world = await CollectorWorld.CreateAsync(StoreKind.DuckDb);
        var small = new LogOptions { SegmentBytes = 64 << 10 };
        for (var segment = 0; segment < 4; segment++)
        {
            await FiledLog.AppendAsync(world, segment * 500, 500, small);
        }

        await using (var log = DurableLog.Open(FiledLog.LogFolder(world), small, TimeProvider.System))
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            using var store = QuoteDrains.ToStore(world.Store, log, FiledLog.LogFolder(world), TimeProvider.System, NullLogger.Instance);
            using var files = QuoteDrains.ToFiles(
                QuoteFolder.Open(FiledLog.Folder(world), log.First),
                log,
                TimeProvider.System,
                NullLogger.Instance,
                TimeSpan.Zero
            );
            var filing = files.RunAsync(stop.Token);
            await UntilAsync(() => files.Position == log.Durable);
            var storing = store.RunAsync(stop.Token);
            await UntilAsync(() => store.Position == log.Durable);
            await stop.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => Task.WhenAll(filing, storing));
            log.First.ShouldBeGreaterThan(0, "now both have it");
        }

        (await world.StoredAsync()).Count.ShouldBe(2 * 2_000);
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Draining_moves_files_and_log_into_the_store_and_deletes_the_files(StoreKind kind)
    {
        await using var world = await CollectorWorld.CreateAsync(kind);
        await FiledLog.AppendAsync(world, 0, 3_000);
        await FiledLog.MoveAsync(world);
        await FiledLog.AppendAsync(world, 3_000, 100);

        var result = await DrainJob.RunAsync(new DrainOptions(), TapeWorld.Context(world), Cancellation);
        var again = await DrainJob.RunAsync(new DrainOptions(), TapeWorld.Context(world), Cancellation);

        result.Files.Count.ShouldBe(4);
        result.Hours.ShouldBe(4);
        (await TapeWorld.CountAsync(world, "orderbook_data WHERE symbol = 'BTCUSDT'")).ShouldBe(3_100);
        (await TapeWorld.CountAsync(world, "orderbook_data WHERE symbol = 'ETHUSDT'")).ShouldBe(3_100);
        (await TapeWorld.CountAsync(world, "trade_data")).ShouldBe(3_100);
        (await TapeWorld.CountAsync(world, "collector_gaps")).ShouldBe(2);
        FiledLog.Names(world).ShouldBeEmpty();
        (again.FromLog, again.FromFiles, again.Files.Count).ShouldBe((0, 0, 0));
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task A_drain_interrupted_before_its_commit_and_one_interrupted_behind_it_end_as_an_undisturbed_one(StoreKind kind)
    {
        await using var world = await CollectorWorld.CreateAsync(kind);
        await FiledLog.AppendAsync(world, 0, 1_000);
        await FiledLog.MoveAsync(world, forgetLog: true);
        var kept = Path.Combine(world.Folder, "kept");
        Directory.CreateDirectory(kept);

        await using (var connection = await world.Store.OpenSessionAsync(Cancellation))
        {
            var folder = QuoteFolder.Open(FiledLog.Folder(world), 0);
            var stopped = new FileDrain(world.Store, connection, folder, TimeProvider.System)
            {
                Fence = (_, _) => throw new OperationCanceledException(),
            };
            await Should.ThrowAsync<OperationCanceledException>(() => stopped.RunAsync(Day, Cancellation));
        }

        (await TapeWorld.CountAsync(world, "orderbook_data")).ShouldBe(0);
        foreach (var file in Directory.GetFiles(FiledLog.Folder(world)))
        {
            File.Copy(file, Path.Combine(kept, Path.GetFileName(file)));
        }

        await DrainJob.RunAsync(new DrainOptions(), TapeWorld.Context(world), Cancellation);
        foreach (var file in Directory.GetFiles(kept))
        {
            File.Copy(file, Path.Combine(FiledLog.Folder(world), Path.GetFileName(file)), overwrite: true);
        }

        var again = await DrainJob.RunAsync(new DrainOptions(), TapeWorld.Context(world), Cancellation);

        (again.FromFiles, again.Files.Count).ShouldBe((0, 4));
        (await TapeWorld.CountAsync(world, "orderbook_data")).ShouldBe(2_000);
        (await TapeWorld.CountAsync(world, "trade_data")).ShouldBe(1_000);
        FiledLog.Names(world).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_was_changed_is_neither_moved_nor_deleted()
    {
        await using var world = await CollectorWorld.CreateAsync(StoreKind.DuckDb);
        await FiledLog.AppendAsync(world, 0, 100);
        await FiledLog.MoveAsync(world, forgetLog: true);
        var path = Path.Combine(FiledLog.Folder(world), Day);
        var bytes = await File.ReadAllBytesAsync(path, Cancellation);
        bytes[bytes.Length / 2] ^= 0x55;
        await File.WriteAllBytesAsync(path, bytes, Cancellation);

        var refusal = await Should.ThrowAsync<Exception>(() =>
            DrainJob.RunAsync(new DrainOptions(), TapeWorld.Context(world), Cancellation)
        );

        refusal.Message.ShouldContain(Day);
        File.Exists(path).ShouldBeTrue();
        (await TapeWorld.CountAsync(world, "orderbook_data WHERE symbol = 'BTCUSDT'")).ShouldBe(0);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            await Task.Delay(5, Cancellation);
        }
    }
}
