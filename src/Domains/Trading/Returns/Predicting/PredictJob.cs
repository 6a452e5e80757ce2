using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Trading.Editions;
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
        var began = context.Time.GetTimestamp();
        context.Progress.Report(new JobProgress("reading"));
        var models = await ModelsAsync(options.Models, cancellationToken);
        var newest = await source.NewestAsync(SymbolsOf(models, options), options.Until, cancellationToken);
        context.Progress.Report(new JobProgress("predicting"));
        var forecasts = ForecastAll(models, newest, cancellationToken);
        var made = forecasts.Select(one => one.Made).OfType<MadePrediction>().ToList();
        var (now, added, joined) = (context.Time.UtcMoment(), 0, 0);
        await using (var connection = await context.Store.OpenAsync(cancellationToken))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            added = await ledger.AddAsync(connection, made, cancellationToken);
            var due = new DueOutcomes(source, newest);
            var outcomes = await due.FindAsync(connection, [.. models.Select(model => model.Name)], cancellationToken);
            joined = await ledger.JoinAsync(connection, outcomes, cancellationToken);
            await TradingEdition.RenewAsync(connection, TradingEdition.Predictions, cancellationToken);
            await context.PublishAsync(connection, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        var live = await LiveAsync(models, forecasts, cancellationToken);
        return new PredictResult(
            [.. made.Select(one => Item(one, now))],
            added,
            joined,
            live,
            LiveWorst.Of(live),
            context.Time.GetElapsedTime(began).TotalSeconds
        );
    }

    /// <summary>What each model says of each of its symbols that has rows, by model and symbol.</summary>
    private static Foretold[] ForecastAll(
        IReadOnlyList<LoadedModel> models,
        IReadOnlyDictionary<string, NewestHours> newest,
        CancellationToken cancellationToken
    )
    {
        var symbols = newest.Keys.Order(StringComparer.Ordinal).ToArray();
        var forecasts = new Foretold?[models.Count, symbols.Length];
        Parallel.For(0, symbols.Length, new ParallelOptions { CancellationToken = cancellationToken }, place =>
        {
            var symbol = new SymbolForecasts(newest[symbols[place]]);
            foreach (var (i, model) in models.Index())
            {
                if (model.Artefact.Symbols.TryGetValue(symbols[place], out var fit))
                {
                    var made = symbol.Predict(fit, model.Name.Horizon, cancellationToken) is var (asOf, prediction)
                        ? new MadePrediction(model.Name.ToString(), model.Version, asOf, prediction)
                        : null;
                    forecasts[i, place] = new Foretold(model.Name, symbols[place], made, symbol.Drift(fit));
                }
            }
        });
        return [.. forecasts.Cast<Foretold?>().OfType<Foretold>()];
    }

    private async Task<IReadOnlyList<LoadedModel>> ModelsAsync(string? asked, CancellationToken cancellationToken)
    {
        var versions = await registry.ProducingAsync(cancellationToken);
        var known = versions
            .Select(version => (Version: version, Name: ReturnModelName.Find(version.Model)))
            .Where(one => one.Name is not null)
            .Select(one => (one.Version, Name: one.Name!.Value))
            .OrderBy(one => one.Name.Horizon)
            .ThenBy(one => one.Name.Method)
            .ToList();
        if (known.Count == 0)
        {
            throw new JobFailedException("No model of returns is in production yet; run `tradepost trading train` first.");
        }

        var texts = asked?.Split(',', StringSplitOptions.TrimEntries);
        if (texts?.FirstOrDefault(text => !known.Any(one => Is(one.Name, text))) is { } unknown)
        {
            var names = string.Join(", ", known.Select(one => one.Name));
            throw new JobFailedException(
                new Sentence($"{nameof(PredictOptions.Models):argument} holds \"{unknown}\"; in production are {names}."),
                2
            );
        }

        var loaded = new List<LoadedModel>();
        foreach (var (version, name) in known.Where(one => texts is null || texts.Any(text => Is(one.Name, text))))
        {
            var artefact = await KeptArtefacts.OfProcess.GetAsync(version.ArtefactSha256, () =>
                registry.LoadArtefactAsync(version.Model, version.Version, cancellationToken)
            );
            loaded.Add(new LoadedModel(name, version.Version, artefact));
        }

        return loaded;

        static bool Is(ReturnModelName name, string text) => name.ToString() == text || name.Method.ToString() == text;
    }

    /// <summary>The symbols that are to be predicted.</summary>
    private static string[] SymbolsOf(IReadOnlyList<LoadedModel> models, PredictOptions options)
    {
        var known = models.SelectMany(model => model.Artefact.Symbols.Keys).Distinct().Order(StringComparer.Ordinal).ToList();
        var asked = options.Symbols?.Split(',', StringSplitOptions.TrimEntries) ?? [.. known];
        return asked.FirstOrDefault(symbol => !known.Contains(symbol)) is { } unknown
            ? throw new JobFailedException(
                new Sentence(
                    $"{nameof(PredictOptions.Symbols):argument} holds \"{unknown}\"; models were trained on {string.Join(", ", known)}."
                ),
                2
            )
            : [.. asked.Distinct()];
    }

    private static ReturnPrediction Item(MadePrediction made, DateTime madeAt) =>
        new()
        {
            Model = made.Model,
            Version = made.Version,
            Symbol = made.Value.Entity,
            Horizon = ReturnModelName.Find(made.Model)!.Value.Horizon,
            FeatureTime = made.AsOf,
            MadeAt = madeAt,
            TargetTime = made.Value.MadeFor,
            Value = made.Value.Value,
            Lower = made.Value.Lower,
            Upper = made.Value.Upper,
            Actual = null,
        };

    private async Task<IReadOnlyList<LiveReturns>> LiveAsync(
        IReadOnlyList<LoadedModel> models,
        IReadOnlyList<Foretold> forecasts,
        CancellationToken cancellationToken
    )
    {
        var drifts = forecasts.ToDictionary(one => (one.Model, one.Symbol), one => one.Drift);
        var figures = (await ledger.FiguresAsync([.. models.Select(model => model.Name.ToString())], cancellationToken)).ToLookup(
            one => one.Model,
            one => one.Figures
        );
        return
        [
            .. models.SelectMany(model =>
                figures[model.Name.ToString()]
                    .Where(one => one.Version == model.Version && model.Artefact.Symbols.ContainsKey(one.Entity))
                    .Select(one => new LiveReturns
                    {
                        Model = model.Name.ToString(),
                        Version = one.Version,
                        Symbol = one.Entity,
                        Horizon = model.Name.Horizon,
                        Predictions = one.Predictions,
                        Known = one.Known,
                        Rmse = one.Rmse,
                        RmseWalk = model.Artefact.Symbols[one.Entity].Rmse,
                        Coverage80 = one.Coverage,
                        Drift = drifts.GetValueOrDefault((model.Name, one.Entity)),
                    })
            ),
        ];
    }

    private sealed record LoadedModel(ReturnModelName Name, int Version, ReturnArtefact Artefact);

    private sealed record Foretold(ReturnModelName Model, string Symbol, MadePrediction? Made, double? Drift);
}
