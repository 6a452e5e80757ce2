using System.Reflection;
using Tradepost.Learning.Forecasting;
using Tradepost.Storage;
using Tradepost.Training.Ledger;
using Tradepost.Training.Registry;

namespace Tradepost.Training.Backtests;

/// <summary>
/// Trains a model, judges and registers it, and writes down what it and the version in production predict, and what came.
/// </summary>
public sealed class ModelTraining(Store store, TimeProvider time)
{
    private readonly ModelRegistry registry = new(store, time);
    private readonly PredictionLedger ledger = new(store, time);

    /// <summary>Trains; what is registered and predicted is there at once, or nothing of it.</summary>
    /// <exception cref="ShortHistoryException">There are too few data.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<TrainedVersion> RunAsync<TFitted>(
        Trainee<TFitted> trainee,
        TrainingRequest request,
        CancellationToken cancellationToken
    )
    {
        request.Began("training");
        var fitted = trainee.Fit(cancellationToken);
        request.Began("judging");
        var backtest = trainee.Judge(fitted, cancellationToken);
        var trained = Describe(trainee, request, fitted, backtest, await JudgeProductionAsync(trainee, backtest, cancellationToken));
        request.Began("registering");
        return await registry.TransactAsync(
            change => PublishAsync(change, trainee, request, trained, backtest.Cutoffs, cancellationToken),
            cancellationToken
        );
    }

    /// <summary>
    /// The settings of the version in production on the same data: figures that were measured on others prove nothing against these. The
    /// same settings have just been judged.
    /// </summary>
    private async Task<Rival?> JudgeProductionAsync<TFitted>(Trainee<TFitted> trainee, Backtest judged, CancellationToken cancellationToken)
    {
        if (await registry.FindProductionAsync(trainee.Model, cancellationToken) is not { } production)
        {
            return null;
        }

        var other = trainee.With(production.Parameters);
        var backtest = other == trainee ? judged : other.Judge(other.Fit(cancellationToken), cancellationToken);
        return new Rival(production.Version, backtest.Metrics().ToDictionary(metric => metric.Key, metric => metric.Value.Value));
    }

    private static NewVersion Describe<TFitted>(
        Trainee<TFitted> trainee,
        TrainingRequest request,
        TFitted fitted,
        Backtest backtest,
        Rival? rival
    ) =>
        new()
        {
            Description = trainee.Description,
            Kind = trainee.Kind,
            Parameters = trainee.Parameters,
            Metrics = backtest.Metrics(),
            Rival = rival,
            DecidingMetric = Backtest.DecidingMetric,
            TrainedFrom = trainee.TrainedFrom,
            TrainedTo = trainee.TrainedTo,
            Rows = trainee.Rows,
            DataFingerprint = trainee.Fingerprint,
            CodeVersion = typeof(Prophet).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
                ?? "unknown",
            Artefact = trainee.Save(fitted, backtest),
            RunId = request.RunId,
            CreatedBy = request.By,
        };

    private async Task<TrainedVersion> PublishAsync<TFitted>(
        RegistryChange change,
        Trainee<TFitted> trainee,
        TrainingRequest request,
        NewVersion trained,
        int cutoffs,
        CancellationToken cancellationToken
    )
    {
        var version = await change.RegisterAsync(trainee.Model, trained, cancellationToken);
        var note = await DecideAsync(change, version, trainee.Baseline, request, cancellationToken);
        var production = await change.FindProductionAsync(trainee.Model, cancellationToken);

        // The new version predicts as well: it has figures of its own by the time somebody thinks of promoting it, and a forecast once it
        // is.
        var (shown, predictions) = await PredictAsync(change, trainee, version.Version, cancellationToken);
        if (production is not null && production.Version != version.Version && production.TrainedTo <= version.TrainedTo)
        {
            (shown, var more) = await PredictAsync(change, trainee, production.Version, cancellationToken);
            predictions += more;
        }

        var outcomes = 0;
        foreach (var (entity, values) in trainee.Outcomes())
        {
            outcomes += await ledger.JoinAsync(change.Connection, trainee.Model, entity, values, cancellationToken);
        }

        await request.Publish(change.Connection, cancellationToken);
        return new TrainedVersion(version, production, note, cutoffs, predictions, outcomes, shown);
    }

    /// <summary>
    /// Somebody has to decide about a version, but where there is none yet, one that is better than the baseline will do.
    /// </summary>
    private static async Task<string> DecideAsync(
        RegistryChange change,
        ModelVersion version,
        string baseline,
        TrainingRequest request,
        CancellationToken cancellationToken
    )
    {
        var production = await change.FindProductionAsync(version.Model, cancellationToken);
        var metric = version.Metrics[Backtest.DecidingMetric];
        if (production is null && !request.Promote && metric.Against(metric.Baseline!.Value) != Verdict.Better)
        {
            return $"It is no better than {baseline}, so it waits in staging.";
        }

        if (production is not null && !request.Promote)
        {
            var compared =
                version.Rival is { } rival && rival.Version == production.Version // another may have been promoted meanwhile
                    ? FormattableString.Invariant(
                        $"Its {Backtest.DecidingMetric} is {metric.Value:0.###}, that of version {rival.Version} on the same days {rival.Values[Backtest.DecidingMetric]:0.###}. "
                    )
                    : "";
            return $"{compared}It waits in staging; `tradepost models promote {version.Model} {version.Version}` lets it predict.";
        }

        try
        {
            var reason = production is null ? "the first version" : "trained with --promote";
            await change.PromoteAsync(
                version.Model,
                version.Version,
                new PromotionRequest { By = request.By, Reason = reason },
                cancellationToken
            );
            return production is null
                ? "It is the first that can be used, so it was put into production."
                : $"It was put into production and replaces version {production.Version}.";
        }
        catch (PromotionRefusedException e)
        {
            return $"It waits in staging. {e.Message}";
        }
    }

    private async Task<(IReadOnlyList<NewPrediction> Shown, int New)> PredictAsync<TFitted>(
        RegistryChange change,
        Trainee<TFitted> trainee,
        int version,
        CancellationToken cancellationToken
    )
    {
        var artefact = await change.LoadArtefactAsync(trainee.Model, version, cancellationToken);
        var predictions = trainee.Predict(artefact, cancellationToken);
        var added = await ledger.AddAsync(change.Connection, trainee.Model, version, trainee.TrainedTo, predictions, cancellationToken);
        return (predictions, added);
    }
}
