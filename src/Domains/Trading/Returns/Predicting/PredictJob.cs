using System.Data.Common;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Trading.Features;
using Tradepost.Trading.Returns.Publishing;
using Tradepost.Training.Ledger;
using Tradepost.Training.Registry;

namespace Tradepost.Trading.Returns.Predicting;

/// <summary>Predicts with every version in production from the newest rows, and notes what came of earlier predictions.</summary>
internal sealed class PredictJob
{
    public const string Name = "trading.predict";

    private readonly IReturnSeries source;
    private readonly JobContext context;
    private readonly ModelRegistry registry;
    private readonly PredictionLedger ledger;

    private PredictJob(IReturnSeries source, JobContext context)
    {
        (this.source, this.context) = (source, context);
        (registry, ledger) = (new ModelRegistry(context.Store, context.Time), new PredictionLedger(context.Store, context.Time));
    }

    /// <summary>Predicts from the rows of a source.</summary>
    /// <exception cref="JobFailedException">No model is in production, or none of what is named.</exception>
    public static Task<PredictResult> RunAsync(
        PredictOptions options,
        IReturnSeries source,
        JobContext context,
        CancellationToken cancellationToken
    ) => new PredictJob(source, context).RunAsync(options, cancellationToken);

    private async Task<PredictResult> RunAsync(PredictOptions options, CancellationToken cancellationToken)
    {
        context.Progress.Report(new JobProgress("reading"));
        var models = await ModelsAsync(options.Models, cancellationToken);
        var series = await SeriesAsync(models, options, cancellationToken);
        context.Progress.Report(new JobProgress("predicting"));
        var (items, added, outcomes) = (new List<ReturnPrediction>(), 0, 0);
        await using (var connection = await context.Store.OpenAsync(cancellationToken))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            foreach (var model in models)
            {
                added += await PredictAsync(connection, model, series, items, cancellationToken);
                outcomes += await JoinAsync(connection, model, series, cancellationToken);
            }

            await context.PublishAsync(connection, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        var live = new List<LiveReturns>();
        foreach (var model in models)
        {
            live.AddRange(await LiveAsync(model, series, cancellationToken));
        }

        return new PredictResult(items, added, outcomes, live, LiveWorst.Of(live));
    }

    private async Task<IReadOnlyList<LoadedModel>> ModelsAsync(string? asked, CancellationToken cancellationToken)
    {
        var known = (await registry.ListAsync(cancellationToken))
            .Where(model => model.Production is not null)
            .Select(model => ReturnModelName.Find(model.Name))
            .OfType<ReturnModelName>()
            .OrderBy(name => name.Horizon)
            .ThenBy(name => name.Method)
            .ToList();
        if (known.Count == 0)
        {
            throw new JobFailedException("No model of returns is in production yet; run `tradepost trading train` first.");
        }

        var texts = asked?.Split(',', StringSplitOptions.TrimEntries);
        if (texts?.FirstOrDefault(text => !known.Any(name => Is(name, text))) is { } unknown)
        {
            throw new JobFailedException(
                new Sentence(
                    $"{nameof(PredictOptions.Models):argument} holds \"{unknown}\"; in production are {string.Join(", ", known)}."
                ),
                2
            );
        }

        var loaded = new List<LoadedModel>();
        foreach (var name in known.Where(name => texts is null || texts.Any(text => Is(name, text))))
        {
            var version = (await registry.FindProductionAsync(name.ToString(), cancellationToken))!.Version;
            var artefact = ReturnArtefact.FromBytes(await registry.LoadArtefactAsync(name.ToString(), version, cancellationToken));
            loaded.Add(new LoadedModel(name, version, artefact));
        }

        return loaded;

        static bool Is(ReturnModelName name, string text) => name.ToString() == text || name.Method.ToString() == text;
    }

    private async Task<IReadOnlyDictionary<string, FeatureSeries>> SeriesAsync(
        IReadOnlyList<LoadedModel> models,
        PredictOptions options,
        CancellationToken cancellationToken
    )
    {
        var known = models.SelectMany(model => model.Artefact.Symbols.Keys).Distinct().Order(StringComparer.Ordinal).ToList();
        var asked = options.Symbols?.Split(',', StringSplitOptions.TrimEntries) ?? [.. known];
        if (asked.FirstOrDefault(symbol => !known.Contains(symbol)) is { } unknown)
        {
            throw new JobFailedException(
                new Sentence(
                    $"{nameof(PredictOptions.Symbols):argument} holds \"{unknown}\"; models were trained on {string.Join(", ", known)}."
                ),
                2
            );
        }

        var series = new Dictionary<string, FeatureSeries>();
        foreach (var symbol in asked.Distinct())
        {
            if (await source.ReadAsync(symbol, options.Until, cancellationToken) is { Times.Count: > 0 } rows)
            {
                series[symbol] = rows;
            }
        }

        return series;
    }

    private async Task<int> PredictAsync(
        DbConnection connection,
        LoadedModel model,
        IReadOnlyDictionary<string, FeatureSeries> series,
        List<ReturnPrediction> items,
        CancellationToken cancellationToken
    )
    {
        var (now, made) = (context.Time.UtcMoment(), new List<(DateTime AsOf, NewPrediction Prediction)>());
        foreach (var (symbol, fit) in model.Artefact.Symbols)
        {
            if (
                series.TryGetValue(symbol, out var rows)
                && ReturnForecaster.Predict(fit, model.Name.Horizon, rows, cancellationToken) is { } one
            )
            {
                made.Add(one);
                items.Add(Item(model, one.AsOf, now, one.Prediction));
            }
        }

        var added = 0;
        foreach (var group in made.GroupBy(one => one.AsOf))
        {
            added += await ledger.AddAsync(
                connection,
                model.Name.ToString(),
                model.Version,
                group.Key,
                [.. group.Select(one => one.Prediction)],
                cancellationToken
            );
        }

        return added;
    }

    private static ReturnPrediction Item(LoadedModel model, DateTime asOf, DateTime madeAt, NewPrediction prediction) =>
        new()
        {
            Model = model.Name.ToString(),
            Version = model.Version,
            Symbol = prediction.Entity,
            Horizon = model.Name.Horizon,
            FeatureTime = asOf,
            MadeAt = madeAt,
            TargetTime = prediction.MadeFor,
            Value = prediction.Value,
            Lower = prediction.Lower,
            Upper = prediction.Upper,
            Actual = null,
        };

    /// <summary>Notes the outcomes of predictions that have fallen due, of all versions.</summary>
    private async Task<int> JoinAsync(
        DbConnection connection,
        LoadedModel model,
        IReadOnlyDictionary<string, FeatureSeries> series,
        CancellationToken cancellationToken
    )
    {
        var due = await connection.ReadAsync(
            "SELECT DISTINCT entity, made_for FROM predictions WHERE model = @model AND actual IS NULL",
            new { model = model.Name.ToString() },
            row => (Symbol: row.GetString(0), Target: row.GetDateTime(1)),
            cancellationToken
        );
        var joined = 0;
        foreach (var symbol in due.GroupBy(one => one.Symbol).Where(symbol => series.ContainsKey(symbol.Key)))
        {
            var (rows, outcomes) = (series[symbol.Key], new Dictionary<DateTime, double>());
            var labels = LogReturns.Of(rows, model.Name.Horizon);
            foreach (var (_, target) in symbol)
            {
                // Rows are hourly without gaps, so a time is a place.
                var row = (int)Math.Round((target - rows.Times[0]).TotalHours) - model.Name.Horizon;
                if (row >= 0 && row < labels.Length && double.IsFinite(labels[row]))
                {
                    outcomes[target] = labels[row];
                }
            }

            joined +=
                outcomes.Count == 0
                    ? 0
                    : await ledger.JoinAsync(connection, model.Name.ToString(), symbol.Key, outcomes, cancellationToken);
        }

        return joined;
    }

    private async Task<IEnumerable<LiveReturns>> LiveAsync(
        LoadedModel model,
        IReadOnlyDictionary<string, FeatureSeries> series,
        CancellationToken cancellationToken
    ) =>
        (await ledger.FiguresAsync(model.Name.ToString(), cancellationToken))
            .Where(figures => figures.Version == model.Version && model.Artefact.Symbols.ContainsKey(figures.Entity))
            .Select(figures => new LiveReturns
            {
                Model = model.Name.ToString(),
                Version = figures.Version,
                Symbol = figures.Entity,
                Horizon = model.Name.Horizon,
                Predictions = figures.Predictions,
                Known = figures.Known,
                Rmse = figures.Rmse,
                RmseWalk = model.Artefact.Symbols[figures.Entity].Rmse,
                Coverage80 = figures.Coverage,
                Drift = series.TryGetValue(figures.Entity, out var rows)
                    ? ReturnForecaster.Drift(model.Artefact.Symbols[figures.Entity], rows)
                    : null,
            });

    private sealed record LoadedModel(ReturnModelName Name, int Version, ReturnArtefact Artefact);
}
