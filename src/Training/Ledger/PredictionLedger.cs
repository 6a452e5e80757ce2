using System.Data.Common;
using System.Globalization;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Training.Ledger;

/// <summary>
/// What was predicted when, for when and by which version, and what came. A prediction is never changed; only its outcome is added.
/// </summary>
public sealed class PredictionLedger(Store store, TimeProvider time)
{
    /// <summary>Adds predictions of a version. Those that it has made before as of the same moment stay as they are.</summary>
    /// <param name="connection">In the transaction of whoever predicts.</param>
    /// <returns>How many are new.</returns>
    public Task<int> AddAsync(
        DbConnection connection,
        string model,
        int version,
        DateTime asOf,
        IReadOnlyList<NewPrediction> predictions,
        CancellationToken cancellationToken
    ) => AddAsync(connection, [.. predictions.Select(value => new MadePrediction(model, version, asOf, value))], cancellationToken);

    /// <summary>Adds predictions of any versions at once. Those that were made before as of the same moment stay as they are.</summary>
    /// <param name="connection">In the transaction of whoever predicts.</param>
    /// <returns>How many are new.</returns>
    public Task<int> AddAsync(DbConnection connection, IReadOnlyList<MadePrediction> predictions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        return predictions.Count == 0
            ? Task.FromResult(0)
            : new LedgerRows(store, connection, time.UtcMoment()).AddAsync(predictions, cancellationToken);
    }

    /// <summary>Notes what came. An outcome that has changed since replaces the one that was noted.</summary>
    /// <param name="outcomes">By the moment that was predicted.</param>
    /// <returns>How many predictions have got another outcome.</returns>
    public Task<int> JoinAsync(
        DbConnection connection,
        string model,
        string entity,
        IReadOnlyCollection<KeyValuePair<DateTime, double>> outcomes,
        CancellationToken cancellationToken
    ) =>
        JoinAsync(
            connection,
            [.. outcomes.Select(outcome => new KnownOutcome(model, entity, outcome.Key, outcome.Value))],
            cancellationToken
        );

    /// <summary>Notes what came of predictions of any models at once, as above.</summary>
    /// <param name="connection">In the transaction of whoever predicts.</param>
    /// <param name="outcomes">One for each model, entity and moment that was predicted.</param>
    /// <returns>How many predictions have got another outcome.</returns>
    public Task<int> JoinAsync(DbConnection connection, IReadOnlyList<KnownOutcome> outcomes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        return outcomes.Count == 0
            ? Task.FromResult(0)
            : new LedgerRows(store, connection, time.UtcMoment()).JoinAsync(outcomes, cancellationToken);
    }

    /// <summary>A version's newest predictions of an entity, by the moment they are for.</summary>
    public async Task<IReadOnlyList<Prediction>> LatestAsync(string model, int version, string entity, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.ReadAsync(
            """
            SELECT model, version, entity, horizon, as_of, made_for, made_at, value, lower_bound, upper_bound, actual FROM predictions
            WHERE model = @model AND version = @version AND entity = @entity
              AND as_of = (SELECT max(as_of) FROM predictions WHERE model = @model AND version = @version AND entity = @entity)
            ORDER BY made_for
            """,
            new
            {
                model,
                version,
                entity,
            },
            Read,
            cancellationToken
        );
    }

    /// <summary>How the predictions of each version of a model turned out, newest version first.</summary>
    public async Task<IReadOnlyList<LiveFigures>> FiguresAsync(string model, CancellationToken cancellationToken) =>
        [.. (await FiguresAsync([model], cancellationToken)).Select(one => one.Figures)];

    /// <summary>How the predictions of each version of some models turned out, by model, newest version first.</summary>
    public async Task<IReadOnlyList<(string Model, LiveFigures Figures)>> FiguresAsync(
        IReadOnlyCollection<string> models,
        CancellationToken cancellationToken
    )
    {
        var asked = new ParameterList("model", models);
        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.ReadAsync(
            $"""
            SELECT model, version, entity, count(*), count(actual), avg(abs(actual - value)), sqrt(avg((actual - value) * (actual - value))),
                   avg(CASE WHEN actual IS NULL THEN NULL WHEN actual >= lower_bound AND actual <= upper_bound THEN 1.0 ELSE 0.0 END)
            FROM predictions WHERE model IN ({asked.Names})
            GROUP BY model, version, entity ORDER BY model, version DESC, entity
            """,
            asked.With(),
            row =>
                (
                    row.GetString(0),
                    new LiveFigures
                    {
                        Version = row.GetInt32(1),
                        Entity = row.GetString(2),
                        Predictions = row.GetInt64(3),
                        Known = row.GetInt64(4),
                        Mae = Number(row, 5),
                        Rmse = Number(row, 6),
                        Coverage = Number(row, 7),
                    }
                ),
            cancellationToken
        );
    }

    private static Prediction Read(DbDataReader row) =>
        new()
        {
            Model = row.GetString(0),
            Version = row.GetInt32(1),
            Entity = row.GetString(2),
            Horizon = row.GetString(3),
            AsOf = row.GetDateTime(4),
            MadeFor = row.GetDateTime(5),
            MadeAt = row.GetDateTime(6),
            Value = row.GetDouble(7),
            Lower = row.GetDouble(8),
            Upper = row.GetDouble(9),
            Actual = Number(row, 10),
        };

    private static double? Number(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : Convert.ToDouble(row.GetValue(column), CultureInfo.InvariantCulture);
}
