using Tradepost.Storage;
using Tradepost.Trading.Candles;
using Tradepost.Trading.Features;
using Tradepost.Trading.Simulating;

namespace Tradepost.Trading.Tests.Features;

/// <summary>Each feature against its definition, and that none of them sees the future.</summary>
public sealed class FeatureTests
{
    private const long Start = CandleWorld.Start * Moment.Second;

    [Fact]
    public void Features_equal_their_definitions()
    {
        var hours = Simulated(400)[0];
        const int row = 390;
        var closes = hours.Close;
        double Return(int back) => Math.Log(closes[row - back] / closes[row - back - 1]);
        double Mean(int count, double[] of) => of.Skip(row - count + 1).Take(count).Average();
        double Deviation(int count, double[] of) =>
            Math.Sqrt(of.Skip(row - count + 1).Take(count).Average(value => Math.Pow(value - Mean(count, of), 2)));
        double Typical(int at) => (hours.High[at] + hours.Low[at] + hours.Close[at]) / 3;
        var flows = Enumerable
            .Range(row - 13, 14)
            .Select(i => (Flow: Typical(i) * hours.Volume[i], Step: Typical(i) - Typical(i - 1)))
            .ToList();
        var end = DateTimeOffset.FromUnixTimeMilliseconds(hours.EndOf(row) / 1000).UtcDateTime;
        var expected = new Dictionary<string, double>
        {
            ["return_1h"] = Return(0),
            ["return_7h"] = Enumerable.Range(0, 7).Sum(Return),
            ["return_24h"] = Enumerable.Range(0, 24).Sum(Return),
            ["return_48h"] = Math.Log(closes[row] / closes[row - 48]),
            ["return_168h"] = Math.Log(closes[row] / closes[row - 168]),
            ["volatility_6h"] = Math.Sqrt(Enumerable.Range(0, 6).Average(i => Return(i) * Return(i))),
            ["volatility_24h"] = Math.Sqrt(Enumerable.Range(0, 24).Average(i => Return(i) * Return(i))),
            ["volatility_168h"] = Math.Sqrt(Enumerable.Range(0, 168).Average(i => Return(i) * Return(i))),
            ["range_1h"] = (hours.High[row] - hours.Low[row]) / closes[row],
            ["range_24h"] = (hours.High.Skip(row - 23).Take(24).Max() - hours.Low.Skip(row - 23).Take(24).Min()) / closes[row],
            ["ma_ratio_24h"] = Math.Log(closes[row] / Mean(24, closes)),
            ["ma_ratio_72h"] = Math.Log(closes[row] / Mean(72, closes)),
            ["ma_ratio_168h"] = Math.Log(closes[row] / Mean(168, closes)),
            ["mfi_14h"] =
                100
                * flows.Where(flow => flow.Step > 0).Sum(flow => flow.Flow)
                / flows.Where(flow => flow.Step != 0).Sum(flow => flow.Flow),
            ["roc_72h"] = (closes[row] / closes[row - 72]) - 1,
            ["bollinger_width_20h"] = 4 * Deviation(20, closes) / Mean(20, closes),
            ["volume_change_1h"] = (hours.Volume[row] - hours.Volume[row - 1]) / (hours.Volume[row] + hours.Volume[row - 1]),
            ["volume_zscore_168h"] = (hours.Volume[row] - Mean(168, hours.Volume)) / Deviation(168, hours.Volume),
            ["relative_volume_24h"] = hours.Volume[row] / Mean(24, hours.Volume),
            ["taker_buy_ratio"] = hours.TakerBuyVolume[row] / hours.Volume[row],
            ["hour"] = end.Hour,
            ["weekday"] = ((int)end.DayOfWeek + 6) % 7,
            ["hour_sin"] = Math.Sin(2 * Math.PI * end.Hour / 24),
            ["hour_cos"] = Math.Cos(2 * Math.PI * end.Hour / 24),
            ["weekday_sin"] = Math.Sin(2 * Math.PI * (((int)end.DayOfWeek + 6) % 7) / 7),
            ["weekday_cos"] = Math.Cos(2 * Math.PI * (((int)end.DayOfWeek + 6) % 7) / 7),
            ["market_return_1h"] = Math.Log(hours.Others[0].Close[row] / hours.Others[0].Close[row - 1]),
            ["market_return_24h"] = Math.Log(hours.Others[0].Close[row] / hours.Others[0].Close[row - 24]),
        };

        foreach (var (name, value) in expected)
        {
            At(name, hours, row).ShouldBe(value, 1e-11 * (1 + Math.Abs(value)), name);
        }
    }

    [Fact]
    public void Exponential_features_equal_their_recursions_but_for_what_is_forgotten()
    {
        var hours = Simulated(1_200)[0];
        var row = hours.Count - 1;
        double[] changes = [.. hours.Close.Zip(hours.Close.Skip(1), (before, close) => close - before)];

        var (up, down) = (
            Recursive(changes.Select(change => Math.Max(change, 0)), 1.0 / 14),
            Recursive(changes.Select(change => Math.Max(-change, 0)), 1.0 / 14)
        );
        At("rsi_14h", hours, row).ShouldBe(100 * up[^1] / (up[^1] + down[^1]), 1e-3);

        var line = Recursive(hours.Close, 2.0 / 13).Zip(Recursive(hours.Close, 2.0 / 27), (fast, slow) => fast - slow).ToList();
        var signal = Recursive(line, 0.2);
        At("macd", hours, row).ShouldBe(line[^1] / hours.Close[row], 1e-5);
        At("macd_histogram", hours, row).ShouldBe((line[^1] - signal[^1]) / hours.Close[row], 1e-5);
    }

    [Fact]
    public void The_directional_index_is_high_in_a_trend_and_low_without_one()
    {
        HourlySeries Of(Func<int, double> price) =>
            HourlySeries.Of(
                "BTCUSDT",
                [
                    .. Enumerable
                        .Range(0, 60)
                        .Select(i => new Candle(Start + (i * Moment.Hour), price(i), price(i) + 1, price(i) - 1, price(i))),
                ]
            );

        At("adx_14h", Of(i => 100 + i), 59).ShouldBe(100);
        At("adx_14h", Of(i => 100 - i), 59).ShouldBe(100);
        At("adx_14h", Of(_ => 100), 59).ShouldBe(0);
        At("adx_14h", Of(i => 100 + (i % 2)), 59).ShouldBe(0, 1e-9);
    }

    [Fact]
    public async Task Rows_up_to_a_time_are_the_same_bits_whether_the_data_end_there_or_a_year_later()
    {
        var bitcoin = TapeWorld.Shared("candles/pixelalpha_BTCUSDT_1h_2020_2024.csv.gz");
        var ether = TapeWorld.Shared("candles/pixelalpha_ETHUSDT_1h_2020_2024.csv.gz");
        await using var world = await CandleWorld.CreateAsync(StoreKind.DuckDb);
        await CandleWorld.CandlesAsync(world, bitcoin, ether);
        var key = new CandleKey("binance-futures", "BTCUSDT", Timeframe.Hour, CandleKey.File);
        var candles = new[]
        {
            await CandleWorld.StoredAsync(world, key),
            await CandleWorld.StoredAsync(world, key with { Symbol = "ETHUSDT" }),
        };
        var random = new Random(50);

        for (var i = 0; i < 50; i++)
        {
            var last = random.Next(200, candles[0].Count - (366 * 24));
            var ended = Join(candles.Select(symbol => symbol.Take(last)));
            var longer = Join(candles.Select(symbol => symbol.Take(last + (365 * 24))));
            foreach (var row in Enumerable.Range(last - 30, 30).Append(random.Next(0, last)))
            {
                BitsOf(ended[0], row).ShouldBe(BitsOf(longer[0], row));
                BitsOf(ended[1], row).ShouldBe(BitsOf(longer[1], row));
            }
        }
    }

    [Fact]
    public void No_feature_looks_across_a_long_outage_or_is_known_in_an_hour_that_is_missing()
    {
        var all = new SimulatedCandles(2)
            .Make(1, Start, Start + (900 * Moment.Hour))[0]
            .Where(candle => Hour(candle) is not 500 and not (>= 700 and < 720))
            .ToList();
        static long Hour(Candle candle) => (candle.OpenTime - Start) / Moment.Hour;
        var hours = HourlySeries.Of("SIM", all);

        hours.Count.ShouldBe(900);
        FeatureList.All.ShouldAllBe(feature => double.IsNaN(feature.At(hours, 500)) && double.IsNaN(feature.At(hours, 705)));
        (hours.Close[500], hours.Whole[500]).ShouldBe((hours.Close[499], false));
        At("return_24h", hours, 501).ShouldBe(Math.Log(hours.Close[501] / hours.Close[477]), 1e-12);
        At("return_24h", hours, 743).ShouldBe(double.NaN);
        At("return_24h", hours, 744).ShouldBe(Math.Log(hours.Close[744] / hours.Close[720]), 1e-12);
        At("hour", hours, 720).ShouldNotBe(double.NaN);
    }

    [Fact]
    public void Every_feature_has_a_name_of_its_own_a_formula_and_a_look_back()
    {
        FeatureList.All.Select(feature => feature.Name).ShouldBeUnique();
        FeatureList.All.ShouldAllBe(feature => feature.Formula.Length > 0 && feature.LookBack >= 0 && feature.LookBack <= 168);
        foreach (var feature in FeatureList.All.Where(feature => feature.Name is not ("spread" or "imbalance")))
        {
            var hours = Simulated(200)[0];
            double.IsNaN(feature.At(hours, feature.LookBack)).ShouldBeFalse(feature.Name);
            if (feature.LookBack > 0)
            {
                double.IsNaN(feature.At(hours, feature.LookBack - 1)).ShouldBeTrue(feature.Name);
            }
        }
    }

    private static double At(string name, HourlySeries hours, int row) =>
        FeatureList.All.Single(feature => feature.Name == name).At(hours, row);

    private static long[] BitsOf(HourlySeries hours, int row) =>
        [.. FeatureList.All.Select(feature => BitConverter.DoubleToInt64Bits(feature.At(hours, row)))];

    /// <summary>Two symbols without hours that are missing.</summary>
    private static IReadOnlyList<HourlySeries> Simulated(int count) =>
        Join(
            new SimulatedCandles(1)
                .Make(2, Start, Start + (count * Moment.Hour))
                .Select(symbol =>
                {
                    var byHour = symbol.ToDictionary(candle => candle.OpenTime);
                    return Enumerable
                        .Range(0, count)
                        .Select(i => Start + (i * Moment.Hour))
                        .Select(time => byHour.TryGetValue(time, out var candle) ? candle : byHour.Values.First() with { OpenTime = time });
                })
        );

    private static HourlySeries[] Join(IEnumerable<IEnumerable<Candle>> symbols)
    {
        HourlySeries[] all = [.. symbols.Select((candles, i) => HourlySeries.Of($"SIM{i}", [.. candles]))];
        HourlySeries.Join(all);
        return all;
    }

    private static List<double> Recursive(IEnumerable<double> values, double alpha)
    {
        var means = new List<double>();
        foreach (var value in values)
        {
            means.Add(means.Count == 0 ? value : (alpha * value) + ((1 - alpha) * means[^1]));
        }

        return means;
    }
}
