using System.Data.Common;
using Tradepost.Storage;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Trading.Features;

/// <summary>The table of features.</summary>
internal static class FeatureRows
{
    public const string Name = "trading_features";

    private const int FirstFeature = 4;

    /// <summary>More do not fit into the memory that an appender of the embedded store may hold: it keeps them all until the commit.</summary>
    private const int ManyRows = 100_000;

    private static readonly IReadOnlyList<Column> Columns =
    [
        new("symbol", ColumnType.Text, IsNullable: false),
        new("feature_time", ColumnType.Timestamp, IsNullable: false),
        new("close", ColumnType.Double, IsNullable: false),
        new("is_whole", ColumnType.Boolean, IsNullable: false),
        .. FeatureList.All.Select(feature => new Column(feature.Name, ColumnType.Double)),
    ];

    /// <summary>Puts rows of series in the place of those that are there; gives how many they are.</summary>
    /// <param name="store">The store.</param>
    /// <param name="connection">In a transaction.</param>
    /// <param name="stretches">The hours that are written, each of one symbol.</param>
    /// <param name="isAll">Whether they are all that the table will hold.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<long> ReplaceAsync(
        Store store,
        DbConnection connection,
        IReadOnlyList<FeatureStretch> stretches,
        bool isAll,
        CancellationToken cancellationToken
    )
    {
        if (isAll)
        {
            await connection.ExecuteAsync($"DELETE FROM {Name}", null, cancellationToken);
        }
        else
        {
            foreach (var (series, _, after) in stretches)
            {
                await connection.ExecuteAsync(
                    $"DELETE FROM {Name} WHERE symbol = @Symbol AND feature_time > @after",
                    new { series.Symbol, after = Moment.ToDateTime(after) },
                    cancellationToken
                );
            }
        }

        const int capacity = RowBatch.DefaultCapacity;
        (HourlySeries Series, int First)[] pieces =
        [
            .. stretches.SelectMany(stretch =>
                Enumerable
                    .Range(0, (stretch.Count + capacity - 1) / capacity)
                    .Select(piece => (stretch.Series, stretch.First + (piece * capacity)))
            ),
        ];
        if (pieces.Length == 0)
        {
            return 0;
        }

        await using var writer =
            stretches.Sum(stretch => (long)stretch.Count) > ManyRows
                ? await store.BeginWideWriteAsync(connection, Name, Columns, cancellationToken)
                : await store.BeginBulkWriteAsync(connection, Name, Columns, cancellationToken);

        // While a batch is written the next one is made.
        var (batch, next) = (new RowBatch(Columns), new RowBatch(Columns));
        Fill(batch, pieces[0]);
        for (var piece = 1; piece <= pieces.Length; piece++)
        {
            var (made, free, ahead) = (batch, next, piece);
            var making = ahead < pieces.Length ? Task.Run(() => Fill(free, pieces[ahead]), CancellationToken.None) : Task.CompletedTask;
            await writer.WriteAsync(made, cancellationToken);
            await making;
            (batch, next) = (free, made);
        }

        return await writer.CompleteAsync(cancellationToken);
    }

    private static void Fill(RowBatch batch, (HourlySeries Series, int First) piece)
    {
        var (series, first) = piece;
        var count = Math.Min(batch.Capacity, series.Count - first);
        batch.Clear();
        batch.Count = count;
        for (var row = 0; row < count; row++)
        {
            batch[0].AsText().Set(row, series.Symbol);
            batch[1].Values<long>()[row] = series.EndOf(first + row);
            batch[2].Values<double>()[row] = series.Close[first + row];
            batch[3].Values<bool>()[row] = series.Whole[first + row];
        }

        Parallel.For(0, FeatureList.All.Count, feature =>
        {
            var column = batch[FirstFeature + feature];
            var values = column.Values<double>();
            for (var row = 0; row < count; row++)
            {
                values[row] = FeatureList.All[feature].At(series, first + row);
                if (double.IsNaN(values[row]))
                {
                    column.SetNull(row);
                }
            }
        });
    }
}
