using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Tradepost.Jobs;
using Tradepost.Learning.Forecasting;
using Tradepost.Training.Ledger;
using Tradepost.Training.Registry;

namespace Tradepost.Retail.Forecasting;

/// <summary>Trains a model of daily revenue, judges and registers it, and writes down what the version in production predicts.</summary>
internal sealed class ForecastRevenue
{
    private readonly ForecastOptions options;
    private readonly JobContext context;
    private readonly ModelRegistry registry;
    private readonly PredictionLedger ledger;
    private readonly string by;

    private ForecastRevenue(ForecastOptions options, JobContext context)
    {
        (this.options, this.context) = (options, context);
        (registry, ledger) = (new ModelRegistry(context.Store, context.Time), new PredictionLedger(context.Store, context.Time));
        by = context.Run?.AskedBy ?? RevenueForecasts.Job;
    }

    public static Task<ForecastResult> RunAsync(ForecastOptions options, JobContext context, CancellationToken cancellationToken) =>
        new ForecastRevenue(options, context).RunAsync(cancellationToken);

    private async Task<ForecastResult> RunAsync(CancellationToken cancellationToken)
    {
        context.Progress.Report(new JobProgress("reading"));
        var (known, training) = await ReadAsync(cancellationToken);
        context.Progress.Report(new JobProgress("training"));
        var model = Prophet.Fit(
            new ProphetOptions
            {
                ChangepointPriorScale = options.ChangepointPriorScale,
                SeasonalityPriorScale = options.SeasonalityPriorScale,
                SeasonalityMode = options.SeasonalityMode,
                IntervalWidth = options.IntervalWidth,
            },
            training.Series,
            cancellationToken);
        context.Progress.Report(new JobProgress("judging"));
        var backtest = Backtest.Run(model, training, options, cancellationToken);
        context.Progress.Report(new JobProgress("registering"));
        return await registry.TransactAsync(change => PublishAsync(change, known, training, model, backtest, cancellationToken), cancellationToken);
    }

    /// <summary>All complete days, and those of them that are trained on.</summary>
    private async Task<(DailyRevenue Known, DailyRevenue Training)> ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await context.Store.OpenAsync(cancellationToken);
        var until = await DailyRevenue.FirstIncompleteDayAsync(connection, cancellationToken)
            ?? throw new JobFailedException("The warehouse has no sales yet; run `tradepost retail etl` first.");
        var known = await DailyRevenue.ReadAsync(context.Store, connection, until, cancellationToken);
        var training = options.Until < until ? await DailyRevenue.ReadAsync(context.Store, connection, options.Until.Value, cancellationToken) : known;
        return training.Values.Length == 0 || training.Values.Min() < training.Values.Max()
            ? (known, training)
            : throw new JobFailedException(string.Create(CultureInfo.InvariantCulture, $"Each of the {training.Values.Length} complete days has the same revenue; there is nothing to learn from them."));
    }

    private async Task<ForecastResult> PublishAsync(
        RegistryChange change, DailyRevenue known, DailyRevenue training, ProphetModel model, Backtest backtest, CancellationToken cancellationToken)
    {
        var version = await change.RegisterAsync(RevenueForecasts.Model, Describe(training, model, backtest), cancellationToken);
        var note = await DecideAsync(change, version, cancellationToken);
        var production = await change.FindProductionAsync(RevenueForecasts.Model, cancellationToken);
        // The new version predicts as well: it has figures of its own by the time somebody thinks of promoting it, and a forecast once it is.
        var (days, predictions) = await PredictAsync(change, production?.Version ?? version.Version, known, cancellationToken);
        predictions += production is not null && production.Version != version.Version ? (await PredictAsync(change, version.Version, known, cancellationToken)).New : 0;
        var outcomes = await JoinAsync(change, known, cancellationToken);
        await context.PublishAsync(change.Connection, cancellationToken);
        return new ForecastResult
        {
            Model = version.Model,
            Version = version.Version,
            Stage = Spelling.Snake((production?.Version == version.Version ? ModelStage.Production : ModelStage.Staging).ToString()),
            Note = note,
            TrainedFrom = training.From,
            TrainedTo = training.Until,
            Days = training.Values.Length,
            Cutoffs = backtest.Cutoffs,
            Production = production?.Version,
            Predictions = predictions,
            Outcomes = outcomes,
            Metrics = [.. version.Metrics.Select(metric => new ForecastMetric(metric.Key, metric.Value.Value, metric.Value.Baseline))],
            Forecast = days,
        };
    }

    private NewVersion Describe(DailyRevenue training, ProphetModel model, Backtest backtest) => new()
    {
        Description = "The shop's revenue by day.",
        Kind = "prophet",
        Parameters = new JsonObject
        {
            ["horizon"] = options.Horizon,
            ["changepoint_prior_scale"] = options.ChangepointPriorScale,
            ["seasonality_prior_scale"] = options.SeasonalityPriorScale,
            ["seasonality_mode"] = Spelling.Snake(options.SeasonalityMode.ToString()),
            ["interval_width"] = options.IntervalWidth,
        },
        Metrics = backtest.Metrics(),
        DecidingMetric = Backtest.DecidingMetric,
        TrainedFrom = training.From.ToDateTime(TimeOnly.MinValue),
        TrainedTo = training.Until.ToDateTime(TimeOnly.MinValue),
        Rows = training.Values.Length,
        DataFingerprint = training.Fingerprint,
        CodeVersion = typeof(Prophet).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
        Artefact = new RevenueModel(JsonNode.Parse(model.ToJson())!, backtest.DayFactor, backtest.WeekHalfWidth).ToBytes(),
        RunId = context.Run?.Id,
        CreatedBy = by,
    };

    /// <summary>Somebody has to decide about a version, but where there is none yet, one that is better than repeating last week will do.</summary>
    private async Task<string> DecideAsync(RegistryChange change, ModelVersion version, CancellationToken cancellationToken)
    {
        var production = await change.FindProductionAsync(version.Model, cancellationToken);
        var metric = version.Metrics[Backtest.DecidingMetric];
        if (production is null && !options.Promote && metric.Against(metric.Baseline!.Value) != Verdict.Better)
        {
            return "It is no better than repeating last week, so it waits in staging.";
        }

        if (production is not null && !options.Promote)
        {
            return string.Create(CultureInfo.InvariantCulture, $"It waits in staging; `tradepost models promote {version.Model} {version.Version}` lets it predict instead of version {production.Version}.");
        }

        try
        {
            var reason = production is null ? "the first version" : "trained with --promote";
            await change.PromoteAsync(version.Model, version.Version, new PromotionRequest { By = by, Reason = reason }, cancellationToken);
            return production is null ? "It is the first that can be used, so it was put into production." : string.Create(CultureInfo.InvariantCulture, $"It was put into production and replaces version {production.Version}.");
        }
        catch (PromotionRefusedException e)
        {
            return $"It waits in staging. {e.Message}";
        }
    }

    private async Task<(IReadOnlyList<ForecastPeriod> Days, int New)> PredictAsync(RegistryChange change, int version, DailyRevenue known, CancellationToken cancellationToken)
    {
        var model = RevenueModel.FromBytes(await change.LoadArtefactAsync(RevenueForecasts.Model, version, cancellationToken));
        var days = model.PredictDays(known.Until, options.Horizon, cancellationToken);
        var added = await ledger.AddAsync(
            change.Connection,
            RevenueForecasts.Model,
            version,
            known.Until.ToDateTime(TimeOnly.MinValue),
            [.. days.Select(day => Row(day, RevenueForecasts.ByDay)), .. model.SumWeeks(days).Select(week => Row(week, RevenueForecasts.ByWeek))],
            cancellationToken);
        return (days, added);

        NewPrediction Row(ForecastPeriod period, string entity) => new()
        {
            Entity = entity,
            Horizon = string.Create(CultureInfo.InvariantCulture, $"{period.Date.DayNumber - known.Until.DayNumber + 1}d"),
            MadeFor = period.Date.ToDateTime(TimeOnly.MinValue),
            Value = period.Value,
            Lower = period.Lower,
            Upper = period.Upper,
        };
    }

    private async Task<int> JoinAsync(RegistryChange change, DailyRevenue known, CancellationToken cancellationToken)
    {
        var days = known.Values.Select((revenue, i) => KeyValuePair.Create(known.From.AddDays(i).ToDateTime(TimeOnly.MinValue), revenue)).ToList();
        var mondays = days.FindIndex(day => day.Key.DayOfWeek == DayOfWeek.Monday);
        var weeks = days.Skip(Math.Max(0, mondays)).Chunk(7).Where(week => week.Length == 7).Select(week => KeyValuePair.Create(week[0].Key, week.Sum(day => day.Value))).ToList();
        return await ledger.JoinAsync(change.Connection, RevenueForecasts.Model, RevenueForecasts.ByDay, days, cancellationToken)
            + await ledger.JoinAsync(change.Connection, RevenueForecasts.Model, RevenueForecasts.ByWeek, weeks, cancellationToken);
    }
}
