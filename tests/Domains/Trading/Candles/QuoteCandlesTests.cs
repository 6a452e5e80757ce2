using Tradepost.Storage;
using Tradepost.Trading.Candles;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Tests.Candles;

/// <summary>Candles of what was recorded.</summary>
public sealed class QuoteCandlesTests
{
    private static readonly CandleKey Minutes = new("binance-futures", "BTCUSDT", Timeframe.Minute, CandleKey.Quotes);

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Candles_of_a_capture_equal_a_direct_computation_from_its_quotes(StoreKind kind)
    {
        var quotes = CollectorWorld.QuotesOf(CollectorWorld.Frames("usdm_btcusdt_20240808"));
        var path = TapeWorld.Shared("quotes/binance-futures_book_ticker_2024-08-08_BTCUSDT.csv.gz");
        await using var world = await CandleWorld.CreateAsync(kind);
        await TapeWorld.ImportAsync(world, path);

        var made = (await CandleWorld.CandlesAsync(world)).Recorded.ShouldHaveSingleItem();

        foreach (var timeframe in Timeframe.All)
        {
            var stored = await CandleWorld.StoredAsync(world, Minutes with { Timeframe = timeframe });
            var direct = Direct(quotes, timeframe);
            (timeframe == Timeframe.Minute ? made.Minutes : made.Hours).ShouldBe(direct.Count);
            stored
                .Select(candle => (candle.OpenTime, candle.Open, candle.High, candle.Low, candle.Close))
                .ShouldBe(direct.Select(candle => (candle.OpenTime, candle.Open, candle.High, candle.Low, candle.Close)));
            foreach (var (candle, expected) in stored.Zip(direct))
            {
                candle.Spread.ShouldBe(expected.Spread, 1e-11);
                candle.Imbalance.ShouldBe(expected.Imbalance, 1e-11);
                candle.Volume.ShouldBe(double.NaN);
            }
        }

        made.Minutes.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Candles_that_are_made_as_quotes_come_are_the_same_as_those_made_at_once(StoreKind kind)
    {
        var lines = Quoted(hours: 5).ToList();
        await using var atOnce = await CandleWorld.CreateAsync(kind);
        await TapeWorld.ImportAsync(atOnce, TapeWorld.Write(atOnce, "all.csv", [TapeWorld.Header, .. lines]));
        await CandleWorld.CandlesAsync(atOnce);
        await using var bitByBit = await CandleWorld.CreateAsync(kind);
        foreach (var (i, part) in Parts(lines).Index())
        {
            await TapeWorld.ImportAsync(bitByBit, TapeWorld.Write(bitByBit, $"part{i}.csv", [TapeWorld.Header, .. part]));
            await CandleWorld.CandlesAsync(bitByBit);
        }

        (await CandleWorld.CandlesAsync(bitByBit)).Changed.ShouldBe(0);
        var rows = await StoredRowsAsync(bitByBit);
        rows.ShouldBe(await StoredRowsAsync(atOnce));
        rows.Count.ShouldBe((5 * 60) - 1 + 4); // the last minute and the last hour have nothing behind them
    }

    [Fact]
    public async Task Late_quotes_make_their_candles_again()
    {
        await using var world = await CandleWorld.CreateAsync(StoreKind.DuckDb);
        var lines = Quoted(hours: 3).ToList();
        var late = lines.Where((_, i) => i is >= 250 and < 254).ToList();
        await TapeWorld.ImportAsync(world, TapeWorld.Write(world, "first.csv", [TapeWorld.Header, .. lines.Except(late)]));
        await CandleWorld.CandlesAsync(world);
        var before = await StoredRowsAsync(world);

        await TapeWorld.ImportAsync(world, TapeWorld.Write(world, "late.csv", [TapeWorld.Header, .. late]));
        var made = (await CandleWorld.CandlesAsync(world)).Recorded.ShouldHaveSingleItem();

        made.Changed.ShouldBeGreaterThan(0);
        (await StoredRowsAsync(world)).Except(before).Count().ShouldBe((int)made.Changed);
        (await TapeWorld.CountAsync(world, "candle_changes")).ShouldBe(2);
    }

    [Fact]
    public async Task The_last_candle_is_one_when_a_quote_has_come_behind_it()
    {
        await using var world = await CandleWorld.CreateAsync(StoreKind.DuckDb);
        await TapeWorld.ImportAsync(world, TapeWorld.Write(world, "a.csv", [TapeWorld.Header, Quote(0, 10), Quote(59, 11)]));
        await CandleWorld.CandlesAsync(world);
        (await CandleWorld.StoredAsync(world, Minutes)).ShouldBeEmpty();

        await TapeWorld.ImportAsync(world, TapeWorld.Write(world, "b.csv", [TapeWorld.Header, Quote(2 * 3600, 12)]));
        await CandleWorld.CandlesAsync(world);

        (await CandleWorld.StoredAsync(world, Minutes)).ShouldHaveSingleItem().Close.ShouldBe(11);
    }

    [Fact]
    public async Task An_hour_of_which_too_little_was_recorded_is_marked()
    {
        await using var world = await CandleWorld.CreateAsync(StoreKind.DuckDb);
        var seconds = Enumerable
            .Range(0, 3600 * 4)
            .Where(second => second % 30 == 0 && second is < 3600 or >= 5400 and (< 10_000 or >= 10_600));
        await TapeWorld.ImportAsync(
            world,
            TapeWorld.Write(world, "a.csv", [TapeWorld.Header, .. seconds.Select(second => Quote(second, 10))])
        );

        await CandleWorld.CandlesAsync(world);

        (await CandleWorld.StoredAsync(world, Minutes with { Timeframe = Timeframe.Hour }))
            .Select(candle => candle.IsWhole)
            .ShouldBe([true, false, true]);
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Trades_give_candles_their_volume(StoreKind kind)
    {
        await using var world = await CandleWorld.CreateAsync(kind);
        await TapeWorld.ImportAsync(
            world,
            TapeWorld.Write(world, "quotes.csv", [TapeWorld.Header, Quote(0, 10), Quote(61, 11), Quote(121, 11)])
        );
        await CandleWorld.CandlesAsync(world);
        (await CandleWorld.StoredAsync(world, Minutes)).Select(candle => candle.Volume).ShouldBe([double.NaN, double.NaN]);

        await TapeWorld.ImportAsync(
            world,
            TapeWorld.Write(
                world,
                "trades.csv",
                [
                    "exchange,symbol,timestamp,local_timestamp,id,side,price,amount",
                    Trade(1, "buy", "10.5", "2"),
                    Trade(2, "sell", "10.25", "0.5"),
                ]
            )
        );
        await CandleWorld.CandlesAsync(world);

        var stored = await CandleWorld.StoredAsync(world, Minutes);
        (stored[0].Volume, stored[0].QuoteVolume, stored[0].Trades, stored[0].TakerBuyVolume).ShouldBe((2.5, 26.125, 2, 2));
        (stored[1].Volume, stored[1].Trades).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Trades_without_quotes_give_candles_of_their_prices(StoreKind kind)
    {
        await using var world = await CandleWorld.CreateAsync(kind);
        string[] trades =
        [
            Trade(3, "buy", "10.5", "2"),
            Trade(1, "sell", "10.25", "0.5"),
            Trade(50, "buy", "11", "1"),
            Trade(59, "sell", "9.5", "1"),
        ];
        var steady = Enumerable.Range(10, 10).Select(part => Trade(part * 6, "buy", "12", "1")); // one in each tenth of the second minute
        await TapeWorld.ImportAsync(
            world,
            TapeWorld.Write(world, "a.csv", ["exchange,symbol,timestamp,local_timestamp,id,side,price,amount", .. trades, .. steady])
        );
        await CandleWorld.CandlesAsync(world);
        var first = (await CandleWorld.StoredAsync(world, Minutes)).ShouldHaveSingleItem();

        await TapeWorld.ImportAsync(world, TapeWorld.Write(world, "b.csv", [TapeWorld.Header, Quote(125, 20), Quote(181, 20)]));
        await CandleWorld.CandlesAsync(world);
        var stored = await CandleWorld.StoredAsync(world, Minutes);

        (first.Open, first.High, first.Low, first.Close).ShouldBe((10.25, 11, 9.5, 9.5));
        (first.Volume, first.QuoteVolume, first.Trades, first.TakerBuyVolume, first.IsWhole).ShouldBe((4.5, 46.625, 4, 3, false));
        (first.Spread, first.Imbalance).ShouldBe((double.NaN, double.NaN));
        stored.Select(candle => (candle.Close, candle.IsWhole)).ShouldBe([(9.5, false), (12, true), (20, false)]);
    }

    private static Task<IReadOnlyList<string>> StoredRowsAsync(CollectorWorld world) =>
        CandleWorld.RowsAsync(world, "SELECT * FROM candles ORDER BY exchange, symbol, timeframe, open_time");

    /// <summary>Quotes of which one comes about every twenty seconds.</summary>
    private static IEnumerable<string> Quoted(int hours)
    {
        var random = new Random(7);
        for (var second = 0; second < hours * 3600; second += random.Next(1, 40))
        {
            yield return Quote(second, 100 + random.Next(0, 50), random.Next(1, 9), random.Next(1, 9));
        }
    }

    private static string Quote(int second, int bid, int bidAmount = 1, int askAmount = 1)
    {
        var time = (CandleWorld.Start + second) * Moment.Second;
        return $"binance-futures,BTCUSDT,{time},{time + 7},{askAmount},{bid},{bid},{bidAmount}";
    }

    private static string Trade(int second, string side, string price, string amount)
    {
        var time = (CandleWorld.Start + second) * Moment.Second;
        return $"binance-futures,BTCUSDT,{time},{time + 7},{second},{side},{price},{amount}";
    }

    private static IEnumerable<IReadOnlyList<string>> Parts(List<string> lines)
    {
        var random = new Random(3);
        for (var at = 0; at < lines.Count; )
        {
            var count = Math.Min(random.Next(1, 200), lines.Count - at);
            yield return lines.GetRange(at, count);
            at += count;
        }
    }

    /// <summary>The definition, quote by quote, without SQL.</summary>
    private static List<Candle> Direct(List<Quote> quotes, Timeframe timeframe)
    {
        var ordered = quotes
            .Index()
            .OrderBy(quote => quote.Item.Timestamp)
            .ThenBy(quote => quote.Index)
            .Select(quote => quote.Item)
            .ToList();
        var last = ordered[^1].Timestamp;
        var candles = new List<Candle>();
        foreach (var span in ordered.GroupBy(quote => quote.Timestamp / timeframe.Length * timeframe.Length))
        {
            if (span.Key + timeframe.Length > last)
            {
                continue;
            }

            var inside = span.ToList();
            var (spread, imbalance, held) = (0.0, 0.0, 0.0);
            for (var i = 0; i < inside.Count; i++)
            {
                var until = i + 1 < inside.Count ? inside[i + 1].Timestamp : span.Key + timeframe.Length;
                var (bid, ask) = (Price(inside[i].BidPrice), Price(inside[i].AskPrice));
                var (bidAmount, askAmount) = (Price(inside[i].BidAmount), Price(inside[i].AskAmount));
                double weight = until - inside[i].Timestamp;
                spread += weight * (double)((ask - bid) / ((ask + bid) / 2));
                imbalance += weight * (double)((bidAmount - askAmount) / (bidAmount + askAmount));
                held += weight;
            }

            var middles = inside.ConvertAll(quote => (double)(Price(quote.BidPrice) + Price(quote.AskPrice)) / 2);
            candles.Add(
                new Candle(span.Key, middles[0], middles.Max(), middles.Min(), middles[^1])
                {
                    Spread = spread / held,
                    Imbalance = imbalance / held,
                }
            );
        }

        return candles;
    }

    private static decimal Price(Int128 units) => Exact.ToDecimal(units);
}
