using System.Data.Common;
using System.Globalization;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Trading.Editions;
using Tradepost.Trading.Returns.Canaries;
using Tradepost.Training.Registry;

namespace Tradepost.Trading.Returns.Publishing;

/// <summary>Registers what was trained and writes what was judged, in one transaction.</summary>
internal sealed class ReturnPublication(JobContext context, bool promote)
{
    private string By => context.Run?.AskedBy ?? TrainJob.Name;

    /// <summary>Publishes a training.</summary>
    public async Task<PublishedTraining> PublishAsync(ReturnTraining training, CancellationToken cancellationToken)
    {
        var fits = await Task.Run(() => Fit(training, cancellationToken), cancellationToken);
        return await new ModelRegistry(context.Store, context.Time).TransactAsync(
            change => PublishAsync(change, training, fits, cancellationToken),
            cancellationToken
        );
    }

    private async Task<PublishedTraining> PublishAsync(
        RegistryChange change,
        ReturnTraining training,
        Dictionary<JudgedModel, SymbolFit> fits,
        CancellationToken cancellationToken
    )
    {
        var (versions, notes) = (new List<(JudgedModel Model, int Version, int? Production)>(), new List<string>());
        versions.AddRange(training.Judged.Where(model => !fits.ContainsKey(model)).Select(model => (model, 0, (int?)null)));
        foreach (var group in training.Learned)
        {
            var (version, production, note) = await RegisterAsync(change, training, group, fits, cancellationToken);
            versions.AddRange(group.Select(model => (model, version, production)));
            notes.Add(note);
        }

        var numbers = versions.ToDictionary(one => one.Model, one => one.Version);
        var now = context.Time.UtcMoment();
        var tables = new ReturnTables(context.Store, change.Connection, training, now);
        await tables.ClearAsync(versions, cancellationToken);
        await tables.WriteFoldsAsync(versions, cancellationToken);
        await tables.WriteForecastsAsync(versions, cancellationToken);
        await WriteCanariesAsync(change.Connection, training.Canaries, now, cancellationToken);
        var champions = training
            .Judged.GroupBy(model => (model.Walk.Series.Symbol, model.Walk.Horizon))
            .Select(group => ReturnChampion.Of(group, model => numbers[model]))
            .OfType<ReturnChampion>()
            .ToList();
        foreach (var champion in champions)
        {
            await WriteChampionAsync(change.Connection, champion, now, cancellationToken);
        }

        await TradingEdition.RenewAsync(change.Connection, TradingEdition.Training, cancellationToken);
        await context.PublishAsync(change.Connection, cancellationToken);
        return new PublishedTraining(
            [.. training.Judged.Select(model => TrainedReturns.Of(model, numbers[model] is > 0 and var version ? version : null))],
            champions,
            [.. champions.Select(champion => champion.Note), .. notes]
        );
    }

    private static Dictionary<JudgedModel, SymbolFit> Fit(ReturnTraining training, CancellationToken cancellationToken)
    {
        JudgedModel[] learned = [.. training.Learned.SelectMany(group => group)];
        var fits = new SymbolFit[learned.Length];
        Parallel.For(0, learned.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            var model = learned[i];
            var task = training.Tasks.First(one => one.Series == model.Walk.Series && one.Horizon == model.Walk.Horizon);
            var fold = SymbolFit.Newest(task, training.Settings, training.Pipeline)
                ?? throw new JobFailedException(
                    $"The newest {training.Settings.TrainHours / 24} days of {task.Series.Symbol} have too few complete hours to train on."
                );
            fits[i] = SymbolFit.Of(task, fold, model.Method, model.Intervals.Reach, model.Figures.Rmse, cancellationToken);
        });
        return learned.Zip(fits).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    private async Task<(int Version, int? Production, string Note)> RegisterAsync(
        RegistryChange change,
        ReturnTraining training,
        IGrouping<ReturnModelName, JudgedModel> group,
        Dictionary<JudgedModel, SymbolFit> fits,
        CancellationToken cancellationToken
    )
    {
        var name = group.Key.ToString();
        var production = await change.FindProductionAsync(name, cancellationToken);
        var before = production is null
            ? null
            : ReturnArtefact.FromBytes(await change.LoadArtefactAsync(name, production.Version, cancellationToken));
        var symbols = new SortedDictionary<string, SymbolFit>(StringComparer.Ordinal);
        foreach (var (symbol, fit) in before?.Symbols ?? new Dictionary<string, SymbolFit>())
        {
            symbols[symbol] = fit; // other symbols than those of this training go on as they were
        }

        foreach (var model in group)
        {
            symbols[model.Walk.Series.Symbol] = fits[model];
        }

        var own = group.Select(model => fits[model]).ToList();
        var version = await change.RegisterAsync(
            name,
            new NewVersion
            {
                Description = string.Create(CultureInfo.InvariantCulture, $"Log returns of symbols {group.Key.Horizon} hours ahead."),
                Kind = group.Key.Method.ToString(),
                Parameters = training.Parameters(group.Key),
                Metrics = Metrics(group),
                Rival = before is null
                    ? null
                    : await ReturnRival.FindAsync(change.Connection, name, production!.Version, before, group, cancellationToken),
                DecidingMetric = ReturnRival.Deciding,
                TrainedFrom = own.Min(fit => fit.TrainedFrom),
                TrainedTo = own.Max(fit => fit.TrainedTo),
                Rows = own.Sum(fit => (long)fit.Rows),
                DataFingerprint = training.DataFingerprint,
                CodeVersion = Walking.FoldFingerprint.CodeVersion,
                Artefact = new ReturnArtefact(group.Key.Horizon, symbols).ToBytes(),
                RunId = context.Run?.Id,
                CreatedBy = By,
            },
            cancellationToken
        );
        var note = await DecideAsync(change, version, production, cancellationToken);
        return (version.Version, (await change.FindProductionAsync(name, cancellationToken))?.Version, note);
    }

    /// <summary>
    /// The first version predicts; a later one as soon as it is better on the same days, or when it is asked for and no worse.
    /// </summary>
    private async Task<string> DecideAsync(
        RegistryChange change,
        ModelVersion version,
        ModelVersion? production,
        CancellationToken cancellationToken
    )
    {
        var metric = version.Metrics[ReturnRival.Deciding];
        var isBetter = version.Rival is { } rival && metric.Against(rival.Values[ReturnRival.Deciding]) == Verdict.Better;
        if (production is not null && !isBetter && !promote)
        {
            return $"{version.Model}: version {version.Version} is no better than version {production.Version} on the same days and waits in staging.";
        }

        try
        {
            var reason =
                production is null ? "the first version"
                : isBetter ? "better on the same days"
                : "trained with --promote";
            await change.PromoteAsync(version.Model, version.Version, new PromotionRequest { By = By, Reason = reason }, cancellationToken);
            return $"{version.Model}: version {version.Version} predicts from now on: {reason}.";
        }
        catch (PromotionRefusedException e)
        {
            return $"{version.Model}: version {version.Version} waits in staging. {e.Message}";
        }
    }

    private static Dictionary<string, Metric> Metrics(IEnumerable<JudgedModel> models)
    {
        var figures = models.Select(model => model.Figures).ToList();
        var metrics = new Dictionary<string, Metric>
        {
            [ReturnRival.Deciding] = new()
            {
                Value = figures.Average(one => one.Rmse / one.RmseZero),
                Aim = MetricAim.Lower,
                Baseline = 1,
            },
        };
        Add("r2_zero", figures.Average(one => one.R2Zero), MetricAim.Higher, 0);
        Add("directional_accuracy", figures.Average(one => one.DirectionalAccuracy), MetricAim.Higher, figures.Average(one => one.UpShare));
        Add("ic", figures.Average(one => one.Ic), MetricAim.Higher, 0);
        Add("rank_ic", figures.Average(one => one.RankIc), MetricAim.Higher, 0);
        Add("sharpe_net", figures.Average(one => one.SharpeNet), MetricAim.Higher, 0);
        if (figures.Average(one => one.Coverage80) is { } coverage)
        {
            metrics["coverage_80"] = new Metric
            {
                Value = coverage,
                Aim = MetricAim.Nearest,
                Target = 0.8,
            };
        }

        return metrics;

        void Add(string name, double? value, MetricAim aim, double? baseline)
        {
            if (value is { } known)
            {
                metrics[name] = new Metric
                {
                    Value = known,
                    Aim = aim,
                    Baseline = baseline,
                };
            }
        }
    }

    private static async Task WriteCanariesAsync(
        DbConnection connection,
        IReadOnlyList<LeakCanary> canaries,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        foreach (var walk in canaries.GroupBy(canary => (canary.Symbol, canary.Horizon)))
        {
            await connection.ExecuteAsync(
                "DELETE FROM return_canaries WHERE symbol = @Symbol AND horizon = @Horizon",
                new { walk.Key.Symbol, walk.Key.Horizon },
                cancellationToken
            );
            foreach (var canary in walk)
            {
                await connection.ExecuteAsync(
                    """
                    INSERT INTO return_canaries (symbol, horizon, name, verdict, value, most, trained_at)
                    VALUES (@Symbol, @Horizon, @Name, @verdict, @Value, @Most, @now)
                    """,
                    new
                    {
                        canary.Symbol,
                        canary.Horizon,
                        canary.Name,
                        verdict = canary.Verdict == CanaryVerdict.Passed ? "passed" : "leak",
                        canary.Value,
                        canary.Most,
                        now,
                    },
                    cancellationToken
                );
            }
        }
    }

    private static Task<int> WriteChampionAsync(
        DbConnection connection,
        ReturnChampion champion,
        DateTime now,
        CancellationToken cancellationToken
    ) =>
        connection.ExecuteAsync(
            """
            INSERT INTO return_champions (symbol, horizon, model, version, rmse, rmse_zero, beats_zero, chosen_at)
            VALUES (@Symbol, @Horizon, @Model, @Version, @Rmse, @RmseZero, @BeatsZero, @now)
            ON CONFLICT (symbol, horizon) DO UPDATE
              SET model = excluded.model, version = excluded.version, rmse = excluded.rmse, rmse_zero = excluded.rmse_zero,
                  beats_zero = excluded.beats_zero, chosen_at = excluded.chosen_at
            """,
            new
            {
                champion.Symbol,
                champion.Horizon,
                champion.Model,
                champion.Version,
                champion.Rmse,
                champion.RmseZero,
                champion.BeatsZero,
                now,
            },
            cancellationToken
        );
}
