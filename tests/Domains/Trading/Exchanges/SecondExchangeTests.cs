using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Tradepost.Tests.Support;
using Tradepost.Trading.Collecting;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Tests.Exchanges;

/// <summary>An exchange costs one class and one registration: recorded, served, collected and stored by the same code as the others.</summary>
public sealed class SecondExchangeTests
{
    private const long Began = 1_723_118_400_000_000;
    private const int Quotes = 400;
    private const int LeftOut = 30;
    private const long Between = 10_000;

    [Fact]
    public async Task Another_exchange_is_collected_from_its_recording_with_the_gaps_that_its_numbers_tell()
    {
        await using var world = await CollectorWorld.CreateAsync(StoreKind.DuckDb);
        using var folder = new TemporaryFolder();

        var result = await CollectService.RunAsync(
            new CollectOptions
            {
                Exchange = "made-up",
                Known = [.. ExchangeList.All, new MadeUpExchange()],
                Symbols = [],
                LogFolder = world.LogFolder,
                Replay = new ReplayOptions(Record(folder), Speed: 1, ["drop@200"]),
            },
            world.Store,
            [TradingMigrations.Set],
            TimeProvider.System,
            NullLogger.Instance,
            new Progress<CollectProgress>(),
            TestContext.Current.CancellationToken
        );

        var stored = await world.StoredAsync();
        (result.Waiting, result.Lost, (long)stored.Count).ShouldBe((0, 0, result.Recorded));
        stored
            .Select(quote => (quote.Exchange, quote.Symbol))
            .Distinct()
            .Order()
            .ShouldBe([("made-up", "BBB-EUR"), ("made-up", "aaa-eur")]);
        stored.ShouldContain(quote =>
            quote.Symbol == "aaa-eur"
            && quote.Timestamp == Began + Between
            && quote.BidPrice == 5_700_010_000_000
            && quote.AskAmount == 200_000_000
        );
        var gaps = await world.GapsAsync();
        gaps.Where(gap => gap.Reason == GapReason.Sequence)
            .Select(gap => (gap.Symbol, gap.FromUpdateId, gap.ToUpdateId))
            .ShouldBe([("aaa-eur", LeftOut - 1, LeftOut + 1)]);
        gaps.Where(gap => gap.Reason == GapReason.Disconnected)
            .Select(gap => gap.Symbol)
            .Order(StringComparer.Ordinal)
            .ShouldBe(["BBB-EUR", "aaa-eur"]);
        var missing = gaps.Sum(gap => gap.ToUpdateId - gap.FromUpdateId - 1);
        (stored.Count + missing).ShouldBe(2 * Quotes); // every number is in the store or within a gap
    }

    /// <summary>Two symbols in turn, as a capture; one number of the first never came.</summary>
    private static string Record(TemporaryFolder folder)
    {
        var capture = new StringBuilder();
        for (var number = 1; number <= Quotes; number++)
        {
            foreach (var symbol in (string[])["aaa-eur", "BBB-EUR"])
            {
                if (symbol != "aaa-eur" || number != LeftOut)
                {
                    capture.Append(
                        CultureInfo.InvariantCulture,
                        $"{(Began + (number * Between)) * 1000} [\"q\",\"{symbol}\",{number},{Began + (number * Between)},\"57000.1\",\"1\",\"57000.2\",\"2\"]\n"
                    );
                }
            }
        }

        return folder.Write("made-up.txt", capture.ToString());
    }
}
