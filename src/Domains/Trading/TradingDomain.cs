using Microsoft.Extensions.DependencyInjection;
using Tradepost.Jobs;
using Tradepost.Jobs.Rights;
using Tradepost.Jobs.Schedules;
using Tradepost.Serving;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Retrying;
using Tradepost.Trading.Candles;
using Tradepost.Trading.Commands;
using Tradepost.Trading.Coverage;
using Tradepost.Trading.Demo;
using Tradepost.Trading.Draining;
using Tradepost.Trading.Editions;
using Tradepost.Trading.Exporting;
using Tradepost.Trading.Features;
using Tradepost.Trading.Importing;
using Tradepost.Trading.Quotes;
using Tradepost.Trading.Returns;
using Tradepost.Trading.Returns.Predicting;
using Tradepost.Trading.Returns.Publishing;
using Tradepost.Trading.Returns.Routes;
using Tradepost.Trading.Routes;
using Tradepost.Trading.Scripts;
using Tradepost.Trading.Simulating;
using Tradepost.Trading.Watching;

namespace Tradepost.Trading;

/// <summary>The trading domain's way into the application.</summary>
public static class TradingDomain
{
    private const string Logs = "trading/log";

    public static Domain AddTrading() =>
        new(
            "trading",
            "An exchange's quotes, recorded without losing one, and what can be told of prices from them.",
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
                    "Export quotes, candles or features into a CSV or Parquet file.",
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
                JobDefinition.Of<CandlesOptions, CandlesResult>(
                    CandlesJob.Name,
                    "Make candles of a minute and an hour, from CSV files or from recorded quotes and trades.",
                    CandlesJob.RunAsync
                ) with
                {
                    ConcurrencyKey = _ => CandlesJob.Name,
                },
                JobDefinition.Of<FeaturesOptions, object>(
                    FeaturesJob.Name,
                    "Make features of hourly candles, from recorded quotes the candles first.",
                    FeaturesJob.RunAsync
                ) with
                {
                    ConcurrencyKey = _ => CandlesJob.Name, // who makes features reads what changed of candles
                },
                JobDefinition.Of<SimulateCandlesOptions, SimulateCandlesResult>(
                    SimulateCandlesJob.Name,
                    "Simulate hourly candles into the store.",
                    SimulateCandlesJob.RunAsync
                ) with
                {
                    ConcurrencyKey = _ => CandlesJob.Name,
                    Retry = RetryPolicy.Never,
                    Role = AskerRole.Admin,
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
                        TrainJob.RunAsync(options, new StoredReturnSeries(context.Store), context, cancellationToken)
                ) with
                {
                    ConcurrencyKey = _ => TrainJob.Name,
                },
                JobDefinition.Of<PredictOptions, PredictResult>(
                    PredictJob.Name,
                    "Predict returns from the newest candles, and note what came of earlier predictions.",
                    (options, context, cancellationToken) =>
                        PredictJob.RunAsync(options, new StoredReturnSeries(context.Store), context, cancellationToken)
                ) with
                {
                    ConcurrencyKey = _ => PredictJob.Name,
                },
            ]
        )
        {
            PersonalColumns = [new("collector_rejects", "text", PersonKind.Customer)],
            Freshness =
                "SELECT 'orderbook_data' AS name, max(written_at) AS latest FROM log_positions HAVING count(*) > 0 UNION ALL "
                + "SELECT 'trading_features', max(feature_time) FROM trading_features HAVING count(*) > 0",
            Losses = GapAlerts.FindAsync,
            Examine = ReturnExamination.RunAsync,
            Settings = [CandleRetention.Setting],
            Retention = settings => [CandleRetention.Of(settings)],
            Schedules =
            [
                new NewSchedule
                {
                    Name = FeaturesJob.Name,
                    Job = FeaturesJob.Name,
                    Cron = "2 * * * *",
                },
            ],
            Commands = () => [CollectCommand.Create(), ReplayCommand.Create()],
            Tags = ["scripts"],
            Routes = routes =>
            {
                ScriptRoutes.Map(routes);
                TradingRoutes.Map(routes);
                CandleRoutes.Map(routes);
                FeatureRoutes.Map(routes);
                ReturnRoutes.Map(routes);
            },
            Services = services =>
            {
                services.AddSingleton<QuoteWatch>();
                services.AddSingleton<ShownAnswers>();
                services.AddSingleton<FeedState>();
                services.AddSingleton<LivePublisher>();
                services.AddHostedService(provider => provider.GetRequiredService<LivePublisher>());
            },
            Shared = time => [new LiveBoard(time)],
            OwnFolders = [Logs],
            Demo = new DomainDemo { Load = TradingDemo.LoadAsync, Live = TradingDemo.CollectAsync },
        };

    /// <summary>Where collectors keep their log.</summary>
    internal static string LogFolder(Settings settings) => Path.Combine(settings.DataFolder, Logs);
}
