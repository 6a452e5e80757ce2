using Tradepost.Storage;
using Tradepost.Storage.Migrations;
using Tradepost.Trading.Returns;
using Tradepost.Training;

namespace Tradepost.Trading.Tests.Returns;

/// <summary>What <c>doctor</c> says of candles and champions.</summary>
public sealed class ReturnExaminationTests
{
    private static readonly DateTime End = DateTime.UnixEpoch.AddSeconds(CandleWorld.Start).AddHours(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Old_candles_and_champions_without_a_prediction_are_told_with_what_to_run(StoreKind kind)
    {
        await using var world = await CandleWorld.CreateAsync(kind);
        await new Migrator(world.Store, [TrainingMigrations.Set], TimeProvider.System).MigrateAsync(Cancellation);
        await using var connection = await world.Store.OpenAsync(Cancellation);
        (await ReturnExamination.RunAsync(connection, End, Cancellation)).ShouldBeEmpty();

        foreach (var (symbol, hours) in new[] { ("AAA", 30), ("BBB", 20) })
        {
            var lines = CandleWorld.Lines(hours).Prepend("unix,open,high,low,close,volume");
            await CandleWorld.CandlesAsync(world, TapeWorld.Write(world, $"{symbol}_1h.csv", lines));
        }

        await CandleWorld.FeaturesAsync(world);
        var old = (await ReturnExamination.RunAsync(connection, End.AddHours(1), Cancellation)).ShouldHaveSingleItem();
        await connection.ExecuteAsync(
            "INSERT INTO return_champions VALUES ('AAA', 6, 'Ridge_log_return_6h', 1, 0.01, 0.01, false, @End)",
            new { End },
            Cancellation
        );
        var silent = (await ReturnExamination.RunAsync(connection, End, Cancellation))[1];
        await connection.ExecuteAsync(
            """
            INSERT INTO predictions (model, version, entity, horizon, as_of, made_for, made_at, value, lower_bound, upper_bound)
            VALUES ('Ridge_log_return_6h', 1, 'AAA', '6h', @End, @End, @End, 0, 0, 0)
            """,
            new { End },
            Cancellation
        );
        var fine = (await ReturnExamination.RunAsync(connection, End, Cancellation))[1];

        old.Detail.ShouldBe("the newest of BBB ended 11 hours ago");
        old.Remedy!.ShouldContain("tradepost trading features");
        silent.Detail.ShouldBe("no prediction of the newest hour by Ridge_log_return_6h of AAA");
        silent.Remedy!.ShouldContain("tradepost trading predict");
        (fine.Detail, fine.Remedy).ShouldBe(("all 1 champions have predicted", null));
    }
}
