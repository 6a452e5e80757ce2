using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Tradepost.Arguments;
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
        var revenue = await ReadAsync(cancellationToken);
        context.Progress.Report(new JobProgress("training"));
        var model = Fit(options, revenue, cancellationToken);
        context.Progress.Report(new JobProgress("judging"));
        var backtest = Backtest.Run(model, revenue, options, cancellationToken);
        var rival = await JudgeProductionAsync(revenue, backtest, cancellationToken);
        context.Progress.Report(new JobProgress("registering"));
        return await registry.TransactAsync(
            change => PublishAsync(change, revenue, Describe(revenue, model, backtest, rival), backtest.Cutoffs, cancellationToken),
            cancellationToken
        );
    }

    private static ProphetModel Fit(ForecastOptions options, DailyRevenue revenue, CancellationToken cancellationToken) =>
        Prophet.Fit(
            new ProphetOptions
            {
                ChangepointPriorScale = options.ChangepointPriorScale,
                SeasonalityPriorScale = options.SeasonalityPriorScale,
                SeasonalityMode = options.SeasonalityMode,
                IntervalWidth = options.IntervalWidth,
            },
            revenue.Series,
            cancellationToken
        );

    /// <summary>
    /// The settings of the version in production on the same days: figures that were measured on other days prove nothing against these. The
    /// same settings have just been judged.
    /// </summary>
    private async Task<Rival?> JudgeProductionAsync(DailyRevenue revenue, Backtest judged, CancellationToken cancellationToken)
    {
        if (await registry.FindProductionAsync(RevenueForecasts.Model, cancellationToken) is not { } production)
        {
            return null;
        }

        var settings = options.With(production.Parameters);
        var backtest =
            settings == options ? judged : Backtest.Run(Fit(settings, revenue, cancellationToken), revenue, settings, cancellationToken);
        return new Rival(production.Version, backtest.Metrics().ToDictionary(metric => metric.Key, metric => metric.Value.Value));
    }

    private async Task<DailyRevenue> ReadAsync(CancellationToken cancellationToken)
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
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Each of the {revenue.Values.Length} complete days has the same revenue; there is nothing to learn from them."
                )
            );
    }

    private async Task<ForecastResult> PublishAsync(
        RegistryChange change,
        DailyRevenue revenue,
        NewVersion trained,
        int cutoffs,
        CancellationToken cancellationToken
    )
    {
        var version = await change.RegisterAsync(RevenueForecasts.Model, trained, cancellationToken);
        var note = await DecideAsync(change, version, cancellationToken);
        var production = await change.FindProductionAsync(RevenueForecasts.Model, cancellationToken);
        // The new version predicts as well: it has figures of its own by the time somebody thinks of promoting it, and a forecast once it is.
        var (days, predictions) = await PredictAsync(change, version.Version, revenue, cancellationToken);
        if (production is not null && production.Version != version.Version && production.TrainedTo <= version.TrainedTo)
        {
            (days, var more) = await PredictAsync(change, production.Version, revenue, cancellationToken);
            predictions += more;
        }

        var outcomes = await JoinAsync(change, revenue, cancellationToken);
        await context.PublishAsync(change.Connection, cancellationToken);
        return new ForecastResult
        {
            Model = version.Model,
            Version = version.Version,
            Stage = Spelling.Snake((production?.Version == version.Version ? ModelStage.Production : ModelStage.Staging).ToString()),
            Note = note,
            TrainedFrom = revenue.From,
            TrainedTo = revenue.Until,
            Days = revenue.Values.Length,
            Cutoffs = cutoffs,
            Production = production?.Version,
            Predictions = predictions,
            Outcomes = outcomes,
            Metrics = version.Metrics.ToDictionary(
                metric => metric.Key,
                metric => new ForecastMetric(metric.Value.Value, metric.Value.Baseline)
            ),
            Forecast = days,
        };
    }

    private NewVersion Describe(DailyRevenue revenue, ProphetModel model, Backtest backtest, Rival? rival) =>
        new()
        {
            Description = "The shop's revenue by day.",
            Kind = "prophet",
            Parameters = options.ToParameters(),
            Metrics = backtest.Metrics(),
            Rival = rival,
            DecidingMetric = Backtest.DecidingMetric,
            TrainedFrom = revenue.From.ToDateTime(TimeOnly.MinValue),
            TrainedTo = revenue.Until.ToDateTime(TimeOnly.MinValue),
            Rows = revenue.Values.Length,
            DataFingerprint = revenue.Fingerprint,
            CodeVersion = typeof(Prophet).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
                ?? "unknown",
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
            var compared =
                version.Rival is { } rival && rival.Version == production.Version // another may have been promoted meanwhile
                    ? FormattableString.Invariant(
                        $"Its {Backtest.DecidingMetric} is {metric.Value:0.###}, that of version {rival.Version} on the same days {rival.Values[Backtest.DecidingMetric]:0.###}. "
                    )
                    : "";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{compared}It waits in staging; `tradepost models promote {version.Model} {version.Version}` lets it predict."
            );
        }

        try
        {
            var reason = production is null ? "the first version" : "trained with --promote";
            await change.PromoteAsync(version.Model, version.Version, new PromotionRequest { By = by, Reason = reason }, cancellationToken);
            return production is null
                ? "It is the first that can be used, so it was put into production."
                : string.Create(CultureInfo.InvariantCulture, $"It was put into production and replaces version {production.Version}.");
        }
        catch (PromotionRefusedException e)
        {
            return $"It waits in staging. {e.Message}";
        }
    }

    private async Task<(IReadOnlyList<ForecastPeriod> Days, int New)> PredictAsync(
        RegistryChange change,
        int version,
        DailyRevenue revenue,
        CancellationToken cancellationToken
    )
    {
        var model = RevenueModel.FromBytes(await change.LoadArtefactAsync(RevenueForecasts.Model, version, cancellationToken));
        var days = model.PredictDays(revenue.Until, options.Horizon, cancellationToken);
        var added = await ledger.AddAsync(
            change.Connection,
            RevenueForecasts.Model,
            version,
            revenue.Until.ToDateTime(TimeOnly.MinValue),
            [
                .. days.Select(day => Row(day, RevenueForecasts.ByDay)),
                .. model.SumWeeks(days).Select(week => Row(week, RevenueForecasts.ByWeek)),
            ],
            cancellationToken
        );
        return (days, added);

        NewPrediction Row(ForecastPeriod period, string entity) =>
            new()
            {
                Entity = entity,
                Horizon = string.Create(CultureInfo.InvariantCulture, $"{period.Date.DayNumber - revenue.Until.DayNumber + 1}d"),
                MadeFor = period.Date.ToDateTime(TimeOnly.MinValue),
                Value = period.Value,
                Lower = period.Lower,
                Upper = period.Upper,
            };
    }

    private async Task<int> JoinAsync(RegistryChange change, DailyRevenue revenue, CancellationToken cancellationToken)
    {
        var days = revenue
            .Values.Select((amount, i) => KeyValuePair.Create(revenue.From.AddDays(i).ToDateTime(TimeOnly.MinValue), amount))
            .ToList();
        var mondays = days.FindIndex(day => day.Key.DayOfWeek == DayOfWeek.Monday);
        var weeks = days.Skip(Math.Max(0, mondays))
            .Chunk(7)
            .Where(week => week.Length == 7)
            .Select(week => KeyValuePair.Create(week[0].Key, week.Sum(day => day.Value)))
            .ToList();
        return await ledger.JoinAsync(change.Connection, RevenueForecasts.Model, RevenueForecasts.ByDay, days, cancellationToken)
            + await ledger.JoinAsync(change.Connection, RevenueForecasts.Model, RevenueForecasts.ByWeek, weeks, cancellationToken);
    }
}
