using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Training.Backtests;

namespace Tradepost.Retail.Forecasting;

/// <summary>Trains a model of daily revenue, judges and registers it, and writes down what the version in production predicts.</summary>
internal static class ForecastRevenue
{
    public static async Task<ForecastResult> RunAsync(ForecastOptions options, JobContext context, CancellationToken cancellationToken)
    {
        context.Progress.Report(new JobProgress("reading"));
        var revenue = await ReadAsync(options, context, cancellationToken);
        var forecast = new DailyForecast
        {
            Model = RevenueForecasts.Model,
            Description = "The shop's revenue by day.",
            ByDay = RevenueForecasts.ByDay,
            ByWeek = RevenueForecasts.ByWeek,
            History = revenue,
            Settings = options.Settings,
        };
        try
        {
            var trained = await new ModelTraining(context.Store, context.Time).RunAsync(
                forecast,
                new TrainingRequest
                {
                    By = context.Run?.AskedBy ?? RevenueForecasts.Job,
                    RunId = context.Run?.Id,
                    Promote = options.Promote,
                    Began = step => context.Progress.Report(new JobProgress(step)),
                    Publish = context.PublishAsync,
                },
                cancellationToken
            );
            return ResultOf(trained, revenue);
        }
        catch (ShortHistoryException e)
        {
            throw new JobFailedException(
                new Sentence(
                    $"There are {e.Length} complete days of revenue; a forecast of {options.Horizon} days needs {e.Needed}. Load more, or choose a shorter {nameof(ForecastOptions.Horizon):argument}."
                )
            );
        }
    }

    private static async Task<DailySeries> ReadAsync(ForecastOptions options, JobContext context, CancellationToken cancellationToken)
    {
        await using var connection = await context.Store.OpenAsync(cancellationToken);
        var until = await DailyRevenue.FirstIncompleteDayAsync(connection, cancellationToken)
            ?? throw new JobFailedException("The warehouse has no sales yet; run `tradepost retail etl` first.");
        var revenue = await DailyRevenue.ReadAsync(
            context.Store,
            connection,
            options.Until < until ? options.Until.Value : until,
            cancellationToken
        );
        return revenue.Values.Length == 0 || revenue.Values.Min() < revenue.Values.Max()
            ? revenue
            : throw new JobFailedException(
                $"Each of the {revenue.Values.Length} complete days has the same revenue; there is nothing to learn from them."
            );
    }

    private static ForecastResult ResultOf(TrainedVersion trained, DailySeries revenue) =>
        new()
        {
            Model = trained.Version.Model,
            Version = trained.Version.Version,
            Stage = Spelling.Snake(trained.Stage.ToString()),
            Note = trained.Note,
            TrainedFrom = revenue.From,
            TrainedTo = revenue.Until,
            Days = revenue.Values.Length,
            Cutoffs = trained.Cutoffs,
            Production = trained.Production?.Version,
            Predictions = trained.Predictions,
            Outcomes = trained.Outcomes,
            Metrics = trained.Version.Metrics.ToDictionary(
                metric => metric.Key,
                metric => new ForecastMetric(metric.Value.Value, metric.Value.Baseline)
            ),
            Forecast =
            [
                .. trained
                    .Shown.Where(prediction => prediction.Entity == RevenueForecasts.ByDay)
                    .Select(day => new ForecastPeriod(DateOnly.FromDateTime(day.MadeFor), day.Value, day.Lower, day.Upper)),
            ],
        };
}
