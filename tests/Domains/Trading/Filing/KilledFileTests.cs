using System.IO.Compression;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Filing;
using Tradepost.Trading.Quotes;
using Tradepost.Trading.Replaying;
using Tradepost.Trading.Tests.Collecting;

namespace Tradepost.Trading.Tests.Filing;

/// <summary>A collector that writes to the store and to files, and is killed.</summary>
public sealed class KilledFileTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_collector_killed_again_and_again_has_the_same_quotes_in_files_and_store()
    {
        await using var world = await CollectorWorld.CreateAsync(StoreKind.Postgres);
        await using var replay = new ReplayServer(
            new BinanceExchange(BinanceMarket.UsdFutures),
            CollectorWorld.Frames("usdm_btcusdt_20240808", 40_000),
            speed: 20,
            [],
            TimeProvider.System
        );
        var options = world.Options(replay) with { Storage = StorageKind.Both };
        var random = new Random(7);

        for (var kill = 0; kill < 8; kill++)
        {
            await CollectingProcess.RunAndKillAsync(world, options, TimeSpan.FromMilliseconds(random.Next(300, 1_200)), Cancellation);
        }

        var last = await world.CollectAsync(options, replay);

        last.Waiting.ShouldBe(0);
        var stored = (await world.StoredAsync()).Select(Line).Order(StringComparer.Ordinal).ToList();
        stored.Count.ShouldBeGreaterThan(1_000);
        var filed = Filed(Path.Combine(world.Folder, "files"));
        (filed.Except(stored).Count(), stored.Except(filed).Count()).ShouldBe((0, 0));
        filed.Count.ShouldBe(stored.Count);
    }

    private static List<string> Filed(string folder) =>
        [
            .. Directory
                .GetFiles(folder, "*_book_ticker_*.csv.gz")
                .SelectMany(Lines)
                .Where(line => !line.StartsWith("exchange,", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];

    private static string[] Lines(string path)
    {
        using var content = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        return content.ReadToEnd().TrimEnd('\n').Split('\n');
    }

    private static string Line(Quote quote) =>
        string.Join(
            ',',
            quote.Exchange,
            quote.Symbol,
            quote.Timestamp,
            quote.LocalTimestamp,
            Exact.Format(quote.AskAmount),
            Exact.Format(quote.AskPrice),
            Exact.Format(quote.BidPrice),
            Exact.Format(quote.BidAmount)
        );
}
