using Tradepost.Storage;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Migrations;

namespace Tradepost.Trading.Tests.Migrations;

/// <summary>Decimals of a store that an earlier version made, and what can be reckoned with them.</summary>
public sealed class WiderDecimalsTests
{
    /// <summary>The migration that widens them.</summary>
    private const int Wider = 4;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_embedded_store_of_an_earlier_version_keeps_its_rows_and_takes_twenty_digits()
    {
        var all = TradingMigrations.Set.For(new DuckDbDialect());
        var earlier = new MigrationSet(
            TradingMigrations.Set.Owner,
            all.Where(one => one.Number < Wider).Select(one => KeyValuePair.Create($"{one.Number:000}_{one.Name}.sql", one.Sql))
        );
        await using var world = await CollectorWorld.CreateAsync(StoreKind.DuckDb, migrations: earlier);
        await using (var connection = await world.Store.OpenAsync(Cancellation))
        {
            await connection.ExecuteAsync(
                """
                INSERT INTO orderbook_data (symbol, timestamp, local_timestamp, ask_amount, ask_price, bid_price, bid_amount)
                SELECT 'BTCUSDT', 1723118400000000 + i, 1723118400000007 + i, i + 0.00000001, 9999999999.99999999, CASE WHEN i % 3 > 0 THEN 1 END, CASE WHEN i % 3 > 0 THEN i END
                FROM range(10000) AS r(i);
                INSERT INTO trade_data (exchange, symbol, timestamp, local_timestamp, id, side, price, amount) VALUES ('binance', 'BTCUSDT', 1, 2, 3, 'buy', 4.5, 6.00000007);
                """,
                null,
                Cancellation
            );
        }

        var before = await TapeWorld.RowsAsync(world);

        (await new Migrator(world.Store, [TradingMigrations.Set], TimeProvider.System).MigrateAsync(Cancellation)).Count.ShouldBe(
            all.Count(one => one.Number >= Wider)
        );

        (await TapeWorld.RowsAsync(world)).ShouldBe(before);
        await using var after = await world.Store.OpenAsync(Cancellation);
        (
            await after.ReadAsync(
                "SELECT data_type FROM information_schema.columns WHERE table_name IN ('orderbook_data', 'trade_data') AND data_type LIKE 'DECIMAL%'",
                row => row.GetString(0),
                Cancellation
            )
        ).ShouldBe(Enumerable.Repeat("DECIMAL(20,8)", 6));
        (await after.ScalarAsync<decimal>("SELECT amount FROM trade_data", null, Cancellation)).ShouldBe(6.00000007m);
        (await TapeWorld.ImportAsync(world, TapeWorld.Write(world, "more.csv", [TapeWorld.Header, .. TapeWorld.Lines(10)]))).Rows.ShouldBe(
            10
        );
        (await after.ScalarAsync<long>("SELECT max(id) FROM orderbook_data", null, Cancellation)).ShouldBe(10_010);
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task A_price_times_an_amount_is_a_query_on_either_store(StoreKind kind)
    {
        await using var world = await CollectorWorld.CreateAsync(kind);
        await TapeWorld.ImportAsync(
            world,
            TapeWorld.Write(
                world,
                "quotes.csv",
                [
                    TapeWorld.Header,
                    $"binance-futures,BTCUSDT,{TapeWorld.Noon},{TapeWorld.Noon},1,61800.3,61800.2,12345678901.12345678",
                    $"binance-futures,BTCUSDT,{TapeWorld.Noon},{TapeWorld.Noon + 1},1,61800.3,61800.2,1000",
                ]
            )
        );

        await using var connection = await world.Store.OpenAsync(Cancellation);
        var values = await connection.ReadAsync(
            "SELECT bid_price * bid_amount, sum(bid_price * bid_amount) OVER () FROM orderbook_data ORDER BY local_timestamp",
            row => (row.GetDecimal(0), row.GetDecimal(1)),
            Cancellation
        );

        const decimal value = 61800.2m * 12345678901.12345678m;
        values.ShouldBe([(value, value + 61_800_200m), (61_800_200m, value + 61_800_200m)]);
    }
}
