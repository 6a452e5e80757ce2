using Tradepost.Storage;
using Tradepost.Trading.Candles;
using Tradepost.Trading.Features;

namespace Tradepost.Trading.Tests.Features;

/// <summary>The table of features.</summary>
public sealed class FeaturesJobTests
{
    private const string Header = "unix,open,high,low,close,volume";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Features_that_are_made_as_candles_come_are_the_same_bits_as_those_made_at_once(StoreKind kind)
    {
        var random = new Random(11);
        var lines = new[] { CandleWorld.Lines(900, seed: 1).ToList(), CandleWorld.Lines(900, seed: 2).ToList() };
        foreach (var ofSymbol in lines)
        {
            ofSymbol.RemoveRange(600, 220); // longer than any look-back
            ofSymbol.RemoveRange(400, random.Next(1, 20));
            ofSymbol.RemoveRange(300, 3);
        }

        await using var bitByBit = await CandleWorld.CreateAsync(kind);
        var (done, symbols) = (new[] { 0, 0 }, new[] { "AAA", "BBB" });
        for (var part = 0; done[0] < lines[0].Count || done[1] < lines[1].Count; part++)
        {
            var symbol = part % 2;
            var count = Math.Min(random.Next(1, 150), lines[symbol].Count - done[symbol]);
            if (count > 0)
            {
                await LoadAsync(bitByBit, symbols[symbol], part, lines[symbol].GetRange(done[symbol], count));
                done[symbol] += count;
                await CandleWorld.FeaturesAsync(bitByBit);
            }
        }

        var incremental = await CandleWorld.FeatureRowsAsync(bitByBit);
        var full = await CandleWorld.FeaturesAsync(bitByBit, FeatureMode.Full);

        full.Rows.ShouldBe(incremental.Count);
        (await CandleWorld.FeatureRowsAsync(bitByBit)).ShouldBe(incremental);
        (await CandleWorld.FeaturesAsync(bitByBit)).ShouldBe(full with { Rows = 0, From = null, Seconds = 0 }, new WithoutSeconds());
    }

    [Fact]
    public async Task A_candle_that_changes_makes_its_row_and_those_behind_it_anew()
    {
        await using var world = await CandleWorld.CreateAsync(StoreKind.DuckDb);
        var lines = CandleWorld.Lines(400).ToList();
        await LoadAsync(world, "AAA", 1, lines);
        await CandleWorld.FeaturesAsync(world);
        var before = await CandleWorld.FeatureRowsAsync(world);
        lines[300] = lines[300].Split(',') is [var time, ..] ? $"{time},100,120,80,110,7" : "";

        await LoadAsync(world, "AAA", 2, lines);
        var made = await CandleWorld.FeaturesAsync(world);

        (made.Rows, made.From).ShouldBe((100, new DateTime(2024, 1, 13, 13, 0, 0)));
        var after = await CandleWorld.FeatureRowsAsync(world);
        after.Take(300).ShouldBe(before.Take(300));
        after[300].ShouldNotBe(before[300]);
        await CandleWorld.FeaturesAsync(world, FeatureMode.Full);
        (await CandleWorld.FeatureRowsAsync(world)).ShouldBe(after);
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task A_series_is_read_up_to_a_time_and_ends_with_a_whole_hour(StoreKind kind)
    {
        await using var world = await CandleWorld.CreateAsync(kind);
        var lines = CandleWorld.Lines(300).ToList();
        lines.RemoveRange(250, 3);
        await LoadAsync(world, "AAA", 1, lines);
        await CandleWorld.FeaturesAsync(world);
        await using var connection = await world.Store.OpenAsync(Cancellation);
        var start = DateTime.UnixEpoch.AddSeconds(CandleWorld.Start);

        var all = await StoredFeatures.ReadAsync(connection, "AAA", null, Cancellation);
        var some = await StoredFeatures.ReadAsync(connection, "AAA", start.AddHours(252), Cancellation);

        (await StoredFeatures.SymbolsAsync(connection, Cancellation)).ShouldBe(["AAA"]);
        all.Times.ShouldBe(Enumerable.Range(1, 300).Select(hour => start.AddHours(hour)));
        all.Whole.Index().Where(hour => !hour.Item).Select(hour => hour.Index).ShouldBe([250, 251, 252]);
        all.Closes[251].ShouldBe(all.Closes[249]);
        all.Names.ShouldBe(
            FeatureList
                .All.Select(feature => feature.Name)
                .Except(["taker_buy_ratio", "spread", "imbalance", "market_return_1h", "market_return_24h"])
        );
        some.Times.Count.ShouldBe(250);
        foreach (var (ended, whole) in some.Columns.Zip(all.Columns))
        {
            ended.ShouldBe(whole.Take(250));
        }
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task The_table_has_a_column_for_each_feature_in_their_order(StoreKind kind)
    {
        await using var world = await CandleWorld.CreateAsync(kind);
        await using var connection = await world.Store.OpenAsync(Cancellation);

        var columns = await connection.ReadAsync(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'trading_features' ORDER BY ordinal_position",
            row => row.GetString(0),
            Cancellation
        );

        columns.ShouldBe(["symbol", "feature_time", "close", "is_whole", .. FeatureList.All.Select(feature => feature.Name)]);
    }

    [Fact]
    public async Task Quotes_give_what_files_do_not_have()
    {
        await using var world = await CandleWorld.CreateAsync(StoreKind.DuckDb);
        await LoadAsync(world, "BTCUSDT", 1, CandleWorld.Lines(3));
        var quotes = Enumerable
            .Range(0, 480)
            .Select(i => (CandleWorld.Start + (i * 30L)) * Moment.Second)
            .Select(time => $"binance-futures,BTCUSDT,{time},{time},1,101,99,3");
        await TapeWorld.ImportAsync(world, TapeWorld.Write(world, "quotes.csv", [TapeWorld.Header, .. quotes]));

        await CandleWorld.FeaturesAsync(world);

        await using var connection = await world.Store.OpenAsync(Cancellation);
        var rows = await connection.ReadAsync(
            "SELECT close, spread, imbalance FROM trading_features ORDER BY feature_time",
            row => (row.GetDouble(0), row.GetDouble(1), row.GetDouble(2)),
            Cancellation
        );
        rows.Count.ShouldBe(3); // the fourth hour has nothing behind it yet
        rows.ShouldAllBe(row => Math.Abs(row.Item2 - 0.02) < 1e-12 && Math.Abs(row.Item3 - 0.5) < 1e-12 && row.Item1 != 100);
    }

    [Fact]
    public async Task More_features_than_an_appender_may_hold_are_made_at_once_and_again()
    {
        await using var world = await CandleWorld.CreateAsync(StoreKind.DuckDb);
        for (var symbol = 0; symbol < 13; symbol++)
        {
            await LoadAsync(world, $"S{symbol:00}", 1, CandleWorld.Lines(8_000, seed: symbol));
        }

        var first = await CandleWorld.FeaturesAsync(world);
        var again = await CandleWorld.FeaturesAsync(world, FeatureMode.Full);

        (first.Rows, again.Rows).ShouldBe((104_000, 104_000));
        (await CandleWorld.RowsAsync(world, "SELECT count(*), count(DISTINCT (symbol, feature_time)) FROM trading_features")).ShouldBe([
            "104000 104000",
        ]);
    }

    [Fact]
    public async Task The_list_says_what_each_feature_is_and_makes_none()
    {
        await using var world = await CandleWorld.CreateAsync(StoreKind.DuckDb);

        var listed = await FeaturesJob.RunAsync(new FeaturesOptions { List = true }, TapeWorld.Context(world), Cancellation);

        var items = listed.ShouldBeOfType<FeatureDescriptions>().Items;
        items.Count.ShouldBe(FeatureList.All.Count);
        items[0].ShouldBe(new FeatureDescription("return_1h", "ln(C[t] / C[t-1])", 1));
        (await TapeWorld.CountAsync(world, "trading_features")).ShouldBe(0);
    }

    private static Task<CandlesResult> LoadAsync(CollectorWorld world, string symbol, int part, IEnumerable<string> lines) =>
        CandleWorld.CandlesAsync(
            world,
            new CandlesOptions { Files = [TapeWorld.Write(world, $"{symbol}_1h_{part}.csv", [Header, .. lines])], Symbol = symbol }
        );

    private sealed class WithoutSeconds : IEqualityComparer<FeaturesResult>
    {
        public bool Equals(FeaturesResult? x, FeaturesResult? y) => (x! with { Seconds = 0 }) == (y! with { Seconds = 0 });

        public int GetHashCode(FeaturesResult obj) => obj.Symbols;
    }
}
