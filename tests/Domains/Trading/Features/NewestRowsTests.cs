using Tradepost.Trading.Features;
using Tradepost.Trading.Returns;
using Tradepost.Trading.Returns.Intervals;

namespace Tradepost.Trading.Tests.Features;

/// <summary>The newest hours of all symbols at once, beside each whole series.</summary>
public sealed class NewestRowsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task The_newest_hours_of_symbols_that_end_here_and_there_are_the_ends_of_their_series(StoreKind kind)
    {
        await using var world = await CandleWorld.CreateAsync(kind);
        await LoadAsync(world, ("AAA", 1_300), ("BBB", 1_290), ("CCC", 600), ("DDD", 40));
        var source = new StoredReturnSeries(world.Store);
        var symbols = await source.SymbolsAsync(Cancellation);

        foreach (var until in (DateTime?[])[null, DateTime.UnixEpoch.AddSeconds(CandleWorld.Start).AddHours(700)])
        {
            var newest = await source.NewestAsync(symbols, until, Cancellation);

            newest.Keys.Order(StringComparer.Ordinal).ShouldBe(symbols);
            foreach (var symbol in symbols)
            {
                var whole = NewestHours.Of(await source.ReadAsync(symbol, until, Cancellation), RealisedVolatility.LookBack);
                Bits(newest[symbol].Hours).ShouldBe(Bits(whole.Hours));
                Bits(Known(newest[symbol].Day, whole.Day.Names)).ShouldBe(Bits(whole.Day));
                newest[symbol].WeekMeans.Keys.Order(StringComparer.Ordinal).ShouldBe(whole.WeekMeans.Keys.Order(StringComparer.Ordinal));
                newest[symbol].WeekMeans.ShouldAllBe(mean => Math.Abs(mean.Value - whole.WeekMeans[mean.Key]) < 1e-9);
            }
        }
    }

    [Fact]
    public async Task Only_symbols_that_are_asked_for_and_known_then_are_there()
    {
        await using var world = await CandleWorld.CreateAsync(StoreKind.DuckDb);
        await LoadAsync(world, ("AAA", 300), ("BBB", 300));
        var source = new StoredReturnSeries(world.Store);

        (await source.NewestAsync(["BBB", "none"], null, Cancellation)).Keys.ShouldBe(["BBB"]);
        (await source.NewestAsync(["AAA"], DateTime.UnixEpoch, Cancellation)).ShouldBeEmpty();
        (await source.NewestAsync([], null, Cancellation)).ShouldBeEmpty();
    }

    private static async Task LoadAsync(CollectorWorld world, params (string Symbol, int Hours)[] all)
    {
        foreach (var (symbol, hours) in all)
        {
            var lines = CandleWorld.Lines(hours, seed: hours).Where((_, i) => i != hours - 7).Prepend("unix,open,high,low,close,volume");
            await CandleWorld.CandlesAsync(world, TapeWorld.Write(world, $"{symbol}_1h.csv", lines));
        }

        await CandleWorld.FeaturesAsync(world);
    }

    private static FeatureSeries Known(FeatureSeries series, IReadOnlyList<string> names) =>
        series with
        {
            Names = names,
            Columns = [.. names.Select(name => series.Columns[series.Names.ToList().IndexOf(name)])],
        };

    private static string Bits(FeatureSeries series) =>
        string.Join(
            '\n',
            series.Times.Select(
                (time, row) =>
                    $"{time:s} {BitConverter.DoubleToInt64Bits(series.Closes[row]):x} {series.Whole[row]} "
                    + string.Join(' ', series.Columns.Select(column => BitConverter.DoubleToInt64Bits(column[row]).ToString("x")))
            )
        );
}
