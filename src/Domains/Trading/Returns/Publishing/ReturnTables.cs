using System.Data.Common;
using System.Text;
using System.Text.Json;
using Tradepost.Arguments;
using Tradepost.Storage;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;
using Tradepost.Trading.Returns.Figures;

namespace Tradepost.Trading.Returns.Publishing;

/// <summary>Writes what was judged of a model into the tables of folds and forecasts.</summary>
internal sealed class ReturnTables(Store store, DbConnection connection, ReturnTraining training, DateTime trainedAt)
{
    private static readonly IReadOnlyList<Column> FoldColumns =
    [
        new("model", ColumnType.Text, IsNullable: false),
        new("version", ColumnType.Integer, IsNullable: false),
        new("symbol", ColumnType.Text, IsNullable: false),
        new("horizon", ColumnType.Integer, IsNullable: false),
        new("fold", ColumnType.Integer),
        new("trained_rows", ColumnType.Integer, IsNullable: false),
        new("train_from", ColumnType.Timestamp, IsNullable: false),
        new("train_to", ColumnType.Timestamp, IsNullable: false),
        new("test_from", ColumnType.Timestamp, IsNullable: false),
        new("test_to", ColumnType.Timestamp, IsNullable: false),
        new("data_fingerprint", ColumnType.Text, IsNullable: false),
        new("feature_fingerprint", ColumnType.Text, IsNullable: false),
        new("code_version", ColumnType.Text, IsNullable: false),
        new("trained_at", ColumnType.Timestamp, IsNullable: false),
        new("figures", ColumnType.Json, IsNullable: false),
    ];

    private static readonly IReadOnlyList<Column> ForecastColumns =
    [
        new("model", ColumnType.Text, IsNullable: false),
        new("version", ColumnType.Integer, IsNullable: false),
        new("symbol", ColumnType.Text, IsNullable: false),
        new("horizon", ColumnType.Integer, IsNullable: false),
        new("feature_time", ColumnType.Timestamp, IsNullable: false),
        new("target_time", ColumnType.Timestamp, IsNullable: false),
        new("fold", ColumnType.Integer, IsNullable: false),
        new("value", ColumnType.Double, IsNullable: false),
        new("lower_bound", ColumnType.Double, IsNullable: false),
        new("upper_bound", ColumnType.Double, IsNullable: false),
        new("actual", ColumnType.Double, IsNullable: false),
    ];

    /// <summary>Takes away what other versions of models had of their symbols, but for one that is still in production.</summary>
    /// <param name="kept">The models' new versions, and those in production.</param>
    public async Task ClearAsync(
        IReadOnlyCollection<(JudgedModel Model, int Version, int? Production)> kept,
        CancellationToken cancellationToken
    )
    {
        foreach (var (model, version, production) in kept)
        {
            foreach (var table in new[] { "return_folds", "return_forecasts" })
            {
                await connection.ExecuteAsync(
                    $"""
                    DELETE FROM {table} WHERE model = @model AND symbol = @symbol AND (version = @version OR version <> @production)
                    """,
                    new
                    {
                        model = model.Name.ToString(),
                        symbol = model.Walk.Series.Symbol,
                        version,
                        production = production ?? version,
                    },
                    cancellationToken
                );
            }
        }
    }

    /// <summary>Writes the folds of models, and their whole walks.</summary>
    public async Task WriteFoldsAsync(
        IReadOnlyCollection<(JudgedModel Model, int Version, int? Production)> models,
        CancellationToken cancellationToken
    )
    {
        await using var writer = await store.BeginBulkWriteAsync(connection, "return_folds", FoldColumns, cancellationToken);
        var batch = new RowBatch(FoldColumns);
        foreach (var (model, version, _) in models)
        {
            var times = model.Walk.Series.Times;
            var folds = model.OfFolds().ToList();
            foreach (var (fold, figures) in folds)
            {
                var window = fold.Window;
                await AddAsync(window.Number, fold.Trained, window.TrainFrom, window.TrainTo, window.TestFrom, window.TestTo, figures);
            }

            var (first, last) = (folds[0].Fold.Window, folds[^1].Fold.Window);
            var trained = folds.Sum(fold => fold.Fold.Trained);
            await AddAsync(null, trained, first.TrainFrom, last.TrainTo, first.TestFrom, last.TestTo, model.Figures);

            async ValueTask AddAsync(int? fold, int rows, int trainFrom, int trainTo, int testFrom, int testTo, ReturnFigures figures)
            {
                var i = batch.Count;
                SetModel(batch, i, model, version);
                if (fold is { } number)
                {
                    batch[4].Values<int>()[i] = number;
                }
                else
                {
                    batch[4].SetNull(i);
                }

                batch[5].Values<int>()[i] = rows;
                batch[6].Values<long>()[i] = Moment.Of(times[trainFrom]);
                batch[7].Values<long>()[i] = Moment.Of(times[trainTo - 1]);
                batch[8].Values<long>()[i] = Moment.Of(times[testFrom]);
                batch[9].Values<long>()[i] = Moment.Of(times[testTo - 1]);
                SetText(batch[10], i, training.DataFingerprint);
                SetText(batch[11], i, training.FeatureFingerprint);
                SetText(batch[12], i, Walking.FoldFingerprint.CodeVersion);
                batch[13].Values<long>()[i] = Moment.Of(trainedAt);
                SetText(batch[14], i, JsonSerializer.Serialize(figures, ResultJson.Options));
                batch.Count++;
                await FlushAsync(writer, batch, onlyFull: true, cancellationToken);
            }
        }

        await FlushAsync(writer, batch, onlyFull: false, cancellationToken);
        await writer.CompleteAsync(cancellationToken);
    }

    /// <summary>Writes every forecast of models.</summary>
    public async Task WriteForecastsAsync(
        IReadOnlyCollection<(JudgedModel Model, int Version, int? Production)> models,
        CancellationToken cancellationToken
    )
    {
        await using var writer = await store.BeginBulkWriteAsync(connection, "return_forecasts", ForecastColumns, cancellationToken);
        var batch = new RowBatch(ForecastColumns);
        foreach (var (model, version, _) in models)
        {
            for (var row = 0; row < model.Walk.Rows.Length; row++)
            {
                var i = batch.Count;
                SetModel(batch, i, model, version);
                batch[4].Values<long>()[i] = Moment.Of(model.Judged.Times[row]);
                batch[5].Values<long>()[i] = Moment.Of(model.Judged.Times[row]) + (model.Walk.Horizon * Moment.Hour);
                batch[6].Values<int>()[i] = model.Walk.FoldNumbers[row];
                batch[7].Values<double>()[i] = model.Judged.Forecast[row];
                batch[8].Values<double>()[i] = model.Judged.Lower[row];
                batch[9].Values<double>()[i] = model.Judged.Upper[row];
                batch[10].Values<double>()[i] = model.Judged.Actual[row];
                batch.Count++;
                await FlushAsync(writer, batch, onlyFull: true, cancellationToken);
            }
        }

        await FlushAsync(writer, batch, onlyFull: false, cancellationToken);
        await writer.CompleteAsync(cancellationToken);
    }

    private static void SetModel(RowBatch batch, int row, JudgedModel model, int version)
    {
        SetText(batch[0], row, model.Name.ToString());
        batch[1].Values<int>()[row] = version;
        SetText(batch[2], row, model.Walk.Series.Symbol);
        batch[3].Values<int>()[row] = model.Walk.Horizon;
    }

    private static void SetText(ColumnBuffer column, int row, string text) => column.AsText().Set(row, Encoding.UTF8.GetBytes(text));

    private static async ValueTask FlushAsync(BulkWriter writer, RowBatch batch, bool onlyFull, CancellationToken cancellationToken)
    {
        if (batch.Count > 0 && (batch.IsFull || !onlyFull))
        {
            await writer.WriteAsync(batch, cancellationToken);
            batch.Clear();
            batch.Count = 0;
        }
    }
}
