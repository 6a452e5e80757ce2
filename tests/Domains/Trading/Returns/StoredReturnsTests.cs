using Tradepost.Jobs;
using Tradepost.Storage.Migrations;
using Tradepost.Trading.Exporting;
using Tradepost.Trading.Returns;
using Tradepost.Trading.Returns.Predicting;
using Tradepost.Trading.Returns.Publishing;
using Tradepost.Training;

namespace Tradepost.Trading.Tests.Returns;

/// <summary>The whole way of a return: candles of a file, features, a training on them, a prediction, and both in files.</summary>
public sealed class StoredReturnsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task What_is_trained_on_stored_features_predicts_the_newest_row_and_is_exported(StoreKind kind)
    {
        await using var world = await CandleWorld.CreateAsync(kind);
        await new Migrator(world.Store, [TrainingMigrations.Set], TimeProvider.System).MigrateAsync(Cancellation);
        var lines = CandleWorld.Lines(1_800, seed: 5).Prepend("unix,open,high,low,close,volume");
        await CandleWorld.CandlesAsync(world, TapeWorld.Write(world, "AAA_1h.csv", lines));
        await CandleWorld.FeaturesAsync(world);
        var source = new StoredReturnSeries(world.Store);
        var options = ReturnWorld.Small with { Models = "Ridge" };

        var trained = await TrainJob.RunAsync(options, source, TapeWorld.Context(world), Cancellation);
        var predicted = await PredictJob.RunAsync(new PredictOptions(), source, TapeWorld.Context(world), Cancellation);
        var folds = await ExportAsync(world, "folds.csv", ExportTable.Folds);
        var predictions = await ExportAsync(world, "predictions.csv", ExportTable.Predictions);

        var newest = predicted.Items.ShouldHaveSingleItem();
        newest.TargetTime.ShouldBe(DateTime.UnixEpoch.AddSeconds(CandleWorld.Start).AddHours(1_800 + 6));
        folds.Length.ShouldBe(1 + (4 * (trained.Folds + 1)));
        predictions[0].ShouldStartWith("model,symbol,horizon,feature_time,target_time,fold,value,lower,upper,actual");
        predictions
            .Count(line => line.StartsWith("Ridge_log_return_6h,AAA,6,", StringComparison.Ordinal))
            .ShouldBe(trained.Models[^1].N + 1);
        (await Should.ThrowAsync<JobFailedException>(() => ExportAsync(world, "none.csv", ExportTable.Folds, "BBB"))).Message.ShouldContain(
            "AAA of binance-futures"
        );
    }

    private static async Task<string[]> ExportAsync(CollectorWorld world, string name, ExportTable table, string? symbol = null)
    {
        var file = Path.Combine(world.Folder, name);
        var options = new ExportOptions
        {
            Out = file,
            Table = table,
            Symbol = symbol,
        };
        await ExportJob.RunAsync(options, TapeWorld.Context(world), Cancellation);
        return await File.ReadAllLinesAsync(file, Cancellation);
    }
}
