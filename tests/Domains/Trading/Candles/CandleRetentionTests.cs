using Tradepost.Storage.Connections;
using Tradepost.Trading.Candles;

namespace Tradepost.Trading.Tests.Candles;

public sealed class CandleRetentionTests
{
    [Fact]
    public async Task Only_minutes_that_were_made_of_recordings_go_after_the_days_that_are_set()
    {
        await using var world = await CandleWorld.CreateAsync(StoreKind.DuckDb);
        foreach (var source in CandleKey.Sources)
        {
            foreach (var timeframe in Timeframe.All)
            {
                var key = new CandleKey("binance-futures", "AAA", timeframe, source);
                await using var connection = await world.Store.OpenAsync(TestContext.Current.CancellationToken);
                await CandleTable.WriteAsync(
                    world.Store,
                    connection,
                    key,
                    [new Candle(0, 1, 1, 1, 1)],
                    TestContext.Current.CancellationToken
                );
            }
        }

        var aged = CandleRetention.Of(SettingsOf("30"));

        aged.Age.ShouldBe(TimeSpan.FromDays(30));
        CandleRetention.Of(SettingsOf("")).Age.ShouldBe(TimeSpan.FromDays(400));
        (await CandleWorld.RowsAsync(world, $"SELECT timeframe, source FROM {aged.Name} WHERE {aged.Condition}")).ShouldBe(["1m quotes"]);
        Should.Throw<ConfigurationException>(() => CandleRetention.Setting.Check(SettingsOf("none")));
    }

    private static Settings SettingsOf(string days) =>
        Settings.Load(
            new SettingSources(
                new Dictionary<string, string> { [CandleRetention.Setting.Name] = days },
                new Dictionary<string, string>(),
                "/",
                _ => null
            )
        );
}
