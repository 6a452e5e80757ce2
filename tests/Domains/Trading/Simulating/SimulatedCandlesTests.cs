using Tradepost.Storage;
using Tradepost.Trading.Candles;
using Tradepost.Trading.Features;
using Tradepost.Trading.Simulating;

namespace Tradepost.Trading.Tests.Simulating;

/// <summary>A year of candles without an exchange.</summary>
public sealed class SimulatedCandlesTests
{
    private const long Start = CandleWorld.Start * Moment.Second;

    [Fact]
    public void The_same_seed_gives_the_same_candles_and_all_of_them_are_possible()
    {
        var made = new SimulatedCandles(1).Make(2, Start, Start + (365 * Moment.Day));

        made[1].ShouldBe(new SimulatedCandles(1).Make(2, Start, Start + (365 * Moment.Day))[1]);
        made[0]
            .Select(candle => candle.Close)
            .ShouldNotBe(new SimulatedCandles(2).Make(2, Start, Start + (365 * Moment.Day))[0].Select(candle => candle.Close));
        new SimulatedCandles(1)
            .Make(2, Start + Moment.Day, Start + (2 * Moment.Day))[0]
            .ShouldBe(made[0].Where(candle => candle.OpenTime >= Start + Moment.Day && candle.OpenTime < Start + (2 * Moment.Day)));
        foreach (var candle in made.SelectMany(symbol => symbol))
        {
            candle.High.ShouldBeGreaterThanOrEqualTo(Math.Max(candle.Open, candle.Close));
            candle.Low.ShouldBeInRange(0.001, Math.Min(candle.Open, candle.Close));
            candle.TakerBuyVolume.ShouldBeInRange(0, candle.Volume);
        }

        made[0].Count.ShouldBeInRange(8_740, 8_759);
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task A_simulation_ends_with_the_last_full_hour_and_has_features(StoreKind kind)
    {
        await using var world = await CandleWorld.CreateAsync(kind);

        var made = await SimulateCandlesJob.RunAsync(
            new SimulateCandlesOptions { Days = 30 },
            TapeWorld.Context(world),
            TestContext.Current.CancellationToken
        );
        var features = await CandleWorld.FeaturesAsync(world);

        made.Symbols.ShouldBe(["SIMCOIN1", "SIMCOIN2"]);
        ((made.To - made.From).TotalDays, made.To.Minute).ShouldBe((30, 0));
        features.Symbols.ShouldBe(2);
        features.Rows.ShouldBeInRange(made.Candles, 2 * 30 * 24);
        (await TapeWorld.CountAsync(world, $"candles WHERE exchange = 'simulator' AND timeframe = '{Timeframe.Hour.Name}'")).ShouldBe(
            made.Candles
        );
        (await TapeWorld.CountAsync(world, $"{FeatureRows.Name} WHERE is_whole")).ShouldBe(made.Candles);
    }
}
