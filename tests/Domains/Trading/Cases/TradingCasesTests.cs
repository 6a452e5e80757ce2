using Microsoft.Extensions.Logging.Abstractions;
using Tradepost.Tests.Support;
using Tradepost.Trading.Collecting;
using Tradepost.Trading.Draining;
using Tradepost.Trading.Exporting;
using Tradepost.Trading.Filing;

namespace Tradepost.Trading.Tests.Cases;

public sealed class TradingCasesOnDuckDb() : TradingCasesContract(StoreKind.DuckDb);

public sealed class TradingCasesOnPostgres() : TradingCasesContract(StoreKind.Postgres);

/// <summary>Inputs that were taken wrongly, each read in its place, and what is right for it.</summary>
public abstract class TradingCasesContract(StoreKind kind)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Symbols_with_other_letters_are_collected_exported_imported_and_drained()
    {
        var capture = Case("trading-non-ascii-symbol/capture.txt");
        await using var first = await CollectorWorld.CreateAsync(kind);
        (await CollectAsync(first, capture)).ShouldBe((5, 5, 0));
        var file = Path.Combine(first.Folder, "out.csv");
        (await ExportAsync(first, file)).ShouldBe(5);

        await using var second = await CollectorWorld.CreateAsync(kind);
        var imported = await TapeWorld.ImportAsync(second, file);
        (imported.Rows, imported.Rejected).ShouldBe((5, 0));
        (await TapeWorld.RowsAsync(second)).ShouldBe(await TapeWorld.RowsAsync(first));

        await using var third = await CollectorWorld.CreateAsync(kind);
        await CollectAsync(third, capture, StorageKind.File);
        var drained = await DrainJob.RunAsync(new DrainOptions(), TapeWorld.Context(third), Cancellation);
        (drained.FromLog + drained.FromFiles, drained.Gaps).ShouldBe((5, 0));
        (await TapeWorld.CountAsync(third, "orderbook_data WHERE symbol = '牛角USDT'")).ShouldBe(5);
    }

    [Fact]
    public async Task A_replay_of_a_CSV_file_gives_the_rows_of_an_import()
    {
        var input = Case("trading-replay-csv-changes-rows/input.csv");
        await using var replayed = await CollectorWorld.CreateAsync(kind);
        await using var imported = await CollectorWorld.CreateAsync(kind);

        (await CollectAsync(replayed, input)).ShouldBe((4, 4, 0));
        var result = await TapeWorld.ImportAsync(imported, input);

        result.Defects.Select(defect => (defect.Kind, defect.Lines)).ShouldBe([("one_sided", 1), ("scientific_number", 1)]);
        (await RowsAsync(replayed)).ShouldBe(await RowsAsync(imported));
        (await TapeWorld.CountAsync(replayed, "orderbook_data WHERE exchange = 'coinbase' AND timestamp % 1000 = 123")).ShouldBe(4);
        (await replayed.GapsAsync()).ShouldBeEmpty();
    }

    private static string Case(string file) => SharedData.Path($"cases/{file}");

    private static async Task<(long Recorded, long Written, long Gaps)> CollectAsync(
        CollectorWorld world,
        string file,
        StorageKind storage = StorageKind.Store
    )
    {
        var result = await CollectService.RunAsync(
            new CollectOptions
            {
                Symbols = [],
                Replay = new ReplayOptions(file, Speed: 0, []),
                LogFolder = Path.Combine(world.Folder, "trading", "log"),
                Storage = storage,
            },
            world.Store,
            [TradingMigrations.Set],
            TimeProvider.System,
            NullLogger.Instance,
            new Progress<CollectProgress>(),
            Cancellation
        );
        return (result.Recorded, result.Written, result.Gaps);
    }

    private static async Task<long> ExportAsync(CollectorWorld world, string file) =>
        (await ExportJob.RunAsync(new ExportOptions { Out = file }, TapeWorld.Context(world), Cancellation)).Rows;

    /// <summary>Without the time of arrival, which is that of the replay.</summary>
    private static async Task<IReadOnlyList<string>> RowsAsync(CollectorWorld world) =>
        [.. (await world.StoredAsync()).Select(quote => (quote with { LocalTimestamp = 0 }).ToString()).Order(StringComparer.Ordinal)];
}
