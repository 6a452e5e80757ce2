using System.Data.Common;
using Tradepost.Storage;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Training.Ledger;

/// <summary>Rows of the ledger on their way into it, however many at once.</summary>
internal sealed class LedgerRows(Store store, DbConnection connection, DateTime now)
{
    private static readonly IReadOnlyList<Column> PredictionColumns =
    [
        new("model", ColumnType.Text, IsNullable: false),
        new("version", ColumnType.Integer, IsNullable: false),
        new("entity", ColumnType.Text, IsNullable: false),
        new("horizon", ColumnType.Text, IsNullable: false),
        new("as_of", ColumnType.Timestamp, IsNullable: false),
        new("made_for", ColumnType.Timestamp, IsNullable: false),
        new("value", ColumnType.Double, IsNullable: false),
        new("lower_bound", ColumnType.Double, IsNullable: false),
        new("upper_bound", ColumnType.Double, IsNullable: false),
    ];

    private static readonly IReadOnlyList<Column> OutcomeColumns =
    [
        new("model", ColumnType.Text, IsNullable: false),
        new("entity", ColumnType.Text, IsNullable: false),
        new("made_for", ColumnType.Timestamp, IsNullable: false),
        new("actual", ColumnType.Double, IsNullable: false),
    ];

    /// <summary>Adds those that are not there; gives how many they are.</summary>
    public Task<int> AddAsync(IReadOnlyList<MadePrediction> predictions, CancellationToken cancellationToken) =>
        new TemporaryRows(store, connection, "predictions_made", PredictionColumns).UseAsync(
            Batches(PredictionColumns, predictions, Fill).ToAsyncEnumerable(),
            staged =>
                connection.ExecuteAsync(
                    $"""
                    INSERT INTO predictions (model, version, entity, horizon, as_of, made_for, made_at, value, lower_bound, upper_bound)
                    SELECT model, version, entity, horizon, as_of, made_for, @now, value, lower_bound, upper_bound FROM {staged}
                    ON CONFLICT (model, version, entity, as_of, made_for) DO NOTHING
                    """,
                    new { now },
                    cancellationToken
                ),
            cancellationToken
        );

    /// <summary>Notes outcomes that differ from what is noted; gives of how many predictions they are.</summary>
    public Task<int> JoinAsync(IReadOnlyList<KnownOutcome> outcomes, CancellationToken cancellationToken) =>
        new TemporaryRows(store, connection, "predictions_due", OutcomeColumns).UseAsync(
            Batches(OutcomeColumns, outcomes, Fill).ToAsyncEnumerable(),
            staged =>
                connection.ExecuteAsync(
                    $"""
                    UPDATE predictions SET actual = o.actual, actual_at = @now FROM {staged} o
                    WHERE predictions.model = o.model AND predictions.entity = o.entity AND predictions.made_for = o.made_for
                      AND predictions.made_for >= @first AND predictions.made_for <= @last
                      AND predictions.actual IS DISTINCT FROM o.actual
                    """,
                    new
                    {
                        now,
                        first = outcomes.Min(outcome => outcome.MadeFor),
                        last = outcomes.Max(outcome => outcome.MadeFor),
                    },
                    cancellationToken
                ),
            cancellationToken
        );

    private static IEnumerable<RowBatch> Batches<T>(IReadOnlyList<Column> columns, IReadOnlyList<T> rows, Action<RowBatch, int, T> fill)
    {
        var batch = new RowBatch(columns);
        foreach (var row in rows)
        {
            fill(batch, batch.Count++, row);
            if (batch.IsFull)
            {
                yield return batch;
                batch.Clear();
            }
        }

        yield return batch;
    }

    private static void Fill(RowBatch batch, int row, MadePrediction made)
    {
        batch[0].AsText().Set(row, made.Model);
        batch[1].Values<int>()[row] = made.Version;
        batch[2].AsText().Set(row, made.Value.Entity);
        batch[3].AsText().Set(row, made.Value.Horizon);
        batch[4].Values<long>()[row] = Moment.Of(made.AsOf);
        batch[5].Values<long>()[row] = Moment.Of(made.Value.MadeFor);
        batch[6].Values<double>()[row] = made.Value.Value;
        batch[7].Values<double>()[row] = made.Value.Lower;
        batch[8].Values<double>()[row] = made.Value.Upper;
    }

    private static void Fill(RowBatch batch, int row, KnownOutcome outcome)
    {
        batch[0].AsText().Set(row, outcome.Model);
        batch[1].AsText().Set(row, outcome.Entity);
        batch[2].Values<long>()[row] = Moment.Of(outcome.MadeFor);
        batch[3].Values<double>()[row] = outcome.Actual;
    }
}
