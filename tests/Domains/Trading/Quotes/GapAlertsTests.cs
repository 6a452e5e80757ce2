using Tradepost.Storage;

namespace Tradepost.Trading.Tests.Quotes;

/// <summary>What an alert says of the ledger of gaps.</summary>
public sealed class GapAlertsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task What_streams_lost_together_is_told_in_one_sentence_if_it_is_long_enough_and_new(StoreKind kind)
    {
        await using var world = await CollectorWorld.CreateAsync(kind);
        await using var connection = await world.Store.OpenAsync(Cancellation);
        await connection.ExecuteAsync(
            """
            INSERT INTO collector_gaps (exchange, symbol, stream, from_timestamp, to_timestamp, reason) VALUES
                ('binance-futures', 'BTCUSDT', 'quotes', @noon, @noon + 2500000, 'log_full'), ('binance-futures', 'ETHUSDT', 'quotes', @noon + 100000, @noon + 3000000, 'log_full'),
                ('binance-futures', 'BTCUSDT', 'quotes', @noon + 9000000, @noon + 9100000, 'disconnected'), ('binance', 'BTCUSDT', 'trades', @noon - 90000000, @noon - 60000000, 'idle')
            """,
            new { noon = TapeWorld.Noon },
            Cancellation
        );
        var find = TradingDomain.AddTrading().Losses!;

        var all = await find(connection, new DateTime(2024, 8, 8), TimeSpan.Zero, Cancellation);
        var some = await find(connection, new DateTime(2024, 8, 8, 12, 0, 0), TimeSpan.FromSeconds(1), Cancellation);

        all.Select(loss => loss.Message)
            .ShouldBe([
                "binance: BTCUSDT may miss rows of 30 seconds from 2024-08-08 11:58:30 UTC (idle).",
                "binance-futures: BTCUSDT may miss rows of 0.1 seconds from 2024-08-08 12:00:09 UTC (disconnected).",
                "binance-futures: 2 symbols may miss rows of 3 seconds from 2024-08-08 12:00:00 UTC (log full).",
            ]);
        some.ShouldBe([all[2]]);
        all.Select(loss => loss.Id).ShouldBeUnique();
    }
}
