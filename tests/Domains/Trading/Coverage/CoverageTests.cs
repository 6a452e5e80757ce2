using Tradepost.Storage;
using Tradepost.Trading.Coverage;

namespace Tradepost.Trading.Tests.Coverage;

/// <summary>Which seconds of a day can be trusted.</summary>
public sealed class CoverageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Seconds_between_quotes_are_trusted_unless_a_gap_touches_them(StoreKind kind)
    {
        await using var world = await CollectorWorld.CreateAsync(kind);
        await TapeWorld.ImportAsync(world, TapeWorld.Write(world, "quotes.csv", [TapeWorld.Header, .. TapeWorld.Lines(100_000)]));
        await using (var connection = await world.Store.OpenAsync(Cancellation))
        {
            await connection.ExecuteAsync(
                "INSERT INTO collector_gaps (exchange, symbol, stream, from_timestamp, to_timestamp, reason) VALUES ('binance-futures', 'BTCUSDT', 'quotes', @from, @to, 'stopped'), ('binance-futures', 'BTCUSDT', 'depth', @from, @later, 'idle')",
                new
                {
                    from = TapeWorld.Noon + 10_500_000,
                    to = TapeWorld.Noon + 12_100_000,
                    later = TapeWorld.Noon + 60_000_000,
                },
                Cancellation
            );
        }

        var result = await CoverageJob.RunAsync(
            new CoverageOptions { Day = new DateOnly(2024, 8, 8) },
            TapeWorld.Context(world),
            Cancellation
        );

        var symbol = result.Symbols.ShouldHaveSingleItem();
        (symbol.Quotes, symbol.Trusted, symbol.InGaps, symbol.Unrecorded).ShouldBe((100_000, 97, 3, 86_300));
        result
            .Doubts.Select(doubt => (doubt.Reason, doubt.Length))
            .ShouldBe([("unrecorded", 43_200), ("stopped", 3), ("unrecorded", 43_100)]);
        result.Doubts[1].From.ShouldBe(new DateTime(2024, 8, 8, 12, 0, 10));
    }

    [Fact]
    public async Task A_day_without_quotes_has_no_symbols()
    {
        await using var world = await CollectorWorld.CreateAsync(StoreKind.DuckDb);

        var result = await CoverageJob.RunAsync(
            new CoverageOptions { Day = new DateOnly(2024, 8, 8) },
            TapeWorld.Context(world),
            Cancellation
        );

        (result.Symbols.Count, result.Doubts.Count).ShouldBe((0, 0));
    }
}
