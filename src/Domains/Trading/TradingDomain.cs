using Microsoft.Extensions.DependencyInjection;
using Tradepost.Jobs;
using Tradepost.Serving;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Retrying;
using Tradepost.Trading.Commands;
using Tradepost.Trading.Coverage;
using Tradepost.Trading.Demo;
using Tradepost.Trading.Draining;
using Tradepost.Trading.Exporting;
using Tradepost.Trading.Importing;
using Tradepost.Trading.Quotes;
using Tradepost.Trading.Returns;
using Tradepost.Trading.Returns.Predicting;
using Tradepost.Trading.Returns.Publishing;
using Tradepost.Trading.Returns.Routes;
using Tradepost.Trading.Routes;
using Tradepost.Trading.Scripts;
using Tradepost.Trading.Watching;

namespace Tradepost.Trading;

/// <summary>The trading domain's way into the application.</summary>
public static class TradingDomain
{
    private const string Logs = "trading/log";

    public static Domain AddTrading() =>
        new(
            "trading",
            "An exchange's quotes, recorded without losing one.",
            TradingMigrations.Set,
            [
                JobDefinition.Of<ImportOptions, ImportResult>(
                    "trading.import",
                    "Import CSV files of quotes or trades; what is there already is not taken twice.",
                    ImportJob.RunAsync
                ) with
                {
                    ConcurrencyKey = _ => "trading.import",
                },
                JobDefinition.Of<ExportOptions, ExportResult>(
                    "trading.export",
                    "Export quotes into a CSV or Parquet file, in the order they arrived.",
                    ExportJob.RunAsync
                ) with
                {
                    Retry = RetryPolicy.Never,
                },
                JobDefinition.Of<DrainOptions, DrainResult>(
                    "trading.drain",
                    "Move what a collector left in its log and in files into the store, compared before anything is deleted.",
                    DrainJob.RunAsync
                ) with
                {
                    ConcurrencyKey = _ => "trading.drain",
                },
                JobDefinition.Of<CoverageOptions, CoverageResult>(
                    "trading.coverage",
                    "Show which seconds of a day can be trusted.",
                    CoverageJob.RunAsync
                ) with
                {
                    Retry = RetryPolicy.Never,
                },
                JobDefinition.Of<TrainOptions, TrainResult>(
                    TrainJob.Name,
                    "Train models of returns, judged by a walk through the past beside the simplest forecasts.",
                    (options, context, cancellationToken) =>
                        TrainJob.RunAsync(options, StoredReturnSeries.Of(context.Store), context, cancellationToken)
                ) with
                {
                    ConcurrencyKey = _ => TrainJob.Name,
                },
                JobDefinition.Of<PredictOptions, PredictResult>(
                    PredictJob.Name,
                    "Predict returns from the newest candles, and note what came of earlier predictions.",
                    (options, context, cancellationToken) =>
                        PredictJob.RunAsync(options, StoredReturnSeries.Of(context.Store), context, cancellationToken)
                ) with
                {
                    ConcurrencyKey = _ => PredictJob.Name,
                },
            ]
        )
        {
            PersonalColumns = [new("collector_rejects", "text", PersonKind.Customer)],
            Freshness = "SELECT 'orderbook_data' AS name, max(written_at) AS latest FROM log_positions HAVING count(*) > 0",
            Losses = GapAlerts.FindAsync,
            Commands = () => [CollectCommand.Create(), ReplayCommand.Create()],
            Tags = ["scripts"],
            Routes = routes =>
            {
                ScriptRoutes.Map(routes);
                TradingRoutes.Map(routes);
                ReturnRoutes.Map(routes);
            },
            Services = services =>
            {
                services.AddSingleton<QuoteWatch>();
                services.AddSingleton<FeedState>();
                services.AddSingleton<LivePublisher>();
                services.AddHostedService(provider => provider.GetRequiredService<LivePublisher>());
            },
            Shared = time => [new LiveBoard(time)],
            OwnFolders = [Logs],
            Demo = new DomainDemo { Live = TradingDemo.CollectAsync },
        };

    /// <summary>Where collectors keep their log.</summary>
    internal static string LogFolder(Settings settings) => Path.Combine(settings.DataFolder, Logs);
}
