using System.Data.Common;
using System.Globalization;
using Tradepost.Storage;

namespace Tradepost.Training.Ledger;

/// <summary>
/// What was predicted when, for when and by which version, and what came. A prediction is never changed; only its outcome is added.
/// </summary>
public sealed class PredictionLedger(Store store, TimeProvider time)
{
    private const int RowsAtOnce = 500;

    /// <summary>Adds predictions of a version. Those that it has made before as of the same moment stay as they are.</summary>
    /// <param name="connection">In the transaction of whoever predicts.</param>
    /// <returns>How many are new.</returns>
    public async Task<int> AddAsync(
        DbConnection connection,
        string model,
        int version,
        DateTime asOf,
        IReadOnlyList<NewPrediction> predictions,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(predictions);
        var added = 0;
        foreach (var rows in predictions.Chunk(RowsAtOnce))
        {
            var parameters = new Dictionary<string, object?>
            {
                ["model"] = model,
                ["version"] = version,
                ["asOf"] = asOf,
                ["now"] = time.UtcMoment(),
            };
            for (var i = 0; i < rows.Length; i++)
            {
                var row = rows[i];
                Add(
                    parameters,
                    i,
                    ("e", row.Entity),
                    ("h", row.Horizon),
                    ("f", row.MadeFor),
                    ("v", row.Value),
                    ("l", row.Lower),
                    ("u", row.Upper)
                );
            }

            added += await connection.ExecuteAsync(
                $"""
                INSERT INTO predictions (model, version, entity, horizon, as_of, made_for, made_at, value, lower_bound, upper_bound)
                VALUES {Rows(rows.Length, i => $"(@model, @version, @e{i}, @h{i}, @asOf, @f{i}, @now, @v{i}, @l{i}, @u{i})")}
                ON CONFLICT (model, version, entity, as_of, made_for) DO NOTHING
                """,
                parameters,
                cancellationToken
            );
        }

        return added;
    }

    /// <summary>Notes what came. An outcome that has changed since replaces the one that was noted.</summary>
    /// <param name="outcomes">By the moment that was predicted.</param>
    /// <returns>How many predictions have got another outcome.</returns>
    public async Task<int> JoinAsync(
        DbConnection connection,
        string model,
        string entity,
        IReadOnlyCollection<KeyValuePair<DateTime, double>> outcomes,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var joined = 0;
        foreach (var rows in outcomes.Chunk(RowsAtOnce))
        {
            var parameters = new Dictionary<string, object?>
            {
                ["model"] = model,
                ["entity"] = entity,
                ["now"] = time.UtcMoment(),
            };
            for (var i = 0; i < rows.Length; i++)
            {
                Add(parameters, i, ("f", rows[i].Key), ("a", rows[i].Value));
            }

            joined += await connection.ExecuteAsync(
                $"""
                UPDATE predictions SET actual = o.actual, actual_at = @now
                FROM (VALUES {Rows(rows.Length, i => $"(CAST(@f{i} AS timestamp), CAST(@a{i} AS double precision))")}) o(made_for, actual)
                WHERE predictions.model = @model AND predictions.entity = @entity AND predictions.made_for = o.made_for
                  AND predictions.actual IS DISTINCT FROM o.actual
                """,
                parameters,
                cancellationToken
            );
        }

        return joined;
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
    public async Task<IReadOnlyList<LiveFigures>> FiguresAsync(string model, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.ReadAsync(
            """
            SELECT version, entity, count(*), count(actual), avg(abs(actual - value)), sqrt(avg((actual - value) * (actual - value))),
                   avg(CASE WHEN actual IS NULL THEN NULL WHEN actual >= lower_bound AND actual <= upper_bound THEN 1.0 ELSE 0.0 END)
            FROM predictions WHERE model = @model GROUP BY version, entity ORDER BY version DESC, entity
            """,
            new { model },
            row => new LiveFigures
            {
                Version = row.GetInt32(0),
                Entity = row.GetString(1),
                Predictions = row.GetInt64(2),
                Known = row.GetInt64(3),
                Mae = Number(row, 4),
                Rmse = Number(row, 5),
                Coverage = Number(row, 6),
            },
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

    private static string Rows(int count, Func<int, FormattableString> row) =>
        string.Join(", ", Enumerable.Range(0, count).Select(i => FormattableString.Invariant(row(i))));

    private static void Add(Dictionary<string, object?> parameters, int row, params ReadOnlySpan<(string Name, object Value)> values)
    {
        foreach (var (name, value) in values)
        {
            parameters[$"{name}{row}"] = value;
        }
    }
}
