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

    private static readonly IReadOnlyList<Column> Columns =
    [
        new("symbol", ColumnType.Text, IsNullable: false),
        new("feature_time", ColumnType.Timestamp, IsNullable: false),
        new("close", ColumnType.Double, IsNullable: false),
        new("is_whole", ColumnType.Boolean, IsNullable: false),
        .. FeatureList.All.Select(feature => new Column(feature.Name, ColumnType.Double)),
    ];

    /// <summary>Puts the rows of a series that end after a moment in the place of those that are there; gives how many they are.</summary>
    /// <param name="store">The store.</param>
    /// <param name="connection">In a transaction.</param>
    /// <param name="series">The hours.</param>
    /// <param name="after">In microseconds.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<int> ReplaceAsync(
        Store store,
        DbConnection connection,
        HourlySeries series,
        long after,
        CancellationToken cancellationToken
    )
    {
        await connection.ExecuteAsync(
            $"DELETE FROM {Name} WHERE symbol = @Symbol AND feature_time > @after",
            new { series.Symbol, after = Moment.ToDateTime(after) },
            cancellationToken
        );
        var first = Math.Max(0, series.Count - (int)((series.EndOf(series.Count - 1) - after) / Moment.Hour));
        if (first >= series.Count)
        {
            return 0;
        }

        // While a batch is written the next one is made.
        var (batch, next) = (new RowBatch(Columns), new RowBatch(Columns));
        await using var writer = await store.BeginBulkWriteAsync(connection, Name, Columns, cancellationToken);
        Fill(batch, series, first);
        for (var row = first; row < series.Count; row += batch.Capacity)
        {
            var (made, behind) = (batch, row + batch.Capacity);
            var making = behind < series.Count ? Task.Run(() => Fill(next, series, behind), CancellationToken.None) : Task.CompletedTask;
            await writer.WriteAsync(made, cancellationToken);
            await making;
            (batch, next) = (next, made);
        }

        return (int)await writer.CompleteAsync(cancellationToken);
    }

    private static void Fill(RowBatch batch, HourlySeries series, int first)
    {
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
