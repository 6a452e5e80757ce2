using System.Data.Common;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;
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

    /// <summary>The columns of all features, for a query.</summary>
    public static string FeatureColumns { get; } = Sql.Names(FeatureList.All.Select(feature => feature.Name));

    /// <summary>The symbols that have rows, in their order.</summary>
    public static Task<IReadOnlyList<string>> SymbolsAsync(DbConnection connection, CancellationToken cancellationToken) =>
        connection.ReadAsync("SELECT symbol FROM feature_series ORDER BY symbol", row => row.GetString(0), cancellationToken);

    /// <summary>
    /// The rows of a symbol up to a moment (UTC). They end with a whole hour, and features of which no value is known up to then, such as
    /// the spread where no quotes were recorded, are left out.
    /// </summary>
    public static async Task<FeatureSeries> ReadAsync(
        DbConnection connection,
        string symbol,
        DateTime? until,
        CancellationToken cancellationToken
    )
    {
        var rows = await connection.ReadAsync(
            $"SELECT feature_time, close, is_whole, {FeatureColumns} FROM {Name} WHERE symbol = @symbol"
                + $"{(until is null ? "" : " AND feature_time <= @until")} ORDER BY feature_time",
            until is null ? new { symbol } : new { symbol, until },
            row => (Time: row.GetDateTime(0), Close: row.GetDouble(1), IsWhole: row.GetBoolean(2), Values: ValuesOf(row, 3)),
            cancellationToken
        );
        var count = rows.Count;
        while (count > 0 && !rows[count - 1].IsWhole)
        {
            count--;
        }

        var known = Enumerable
            .Range(0, FeatureList.All.Count)
            .Where(feature => Enumerable.Range(0, count).Any(row => !double.IsNaN(rows[row].Values[feature])))
            .ToList();
        return new FeatureSeries(
            symbol,
            [.. rows.Take(count).Select(row => row.Time)],
            [.. rows.Take(count).Select(row => row.Close)],
            [.. rows.Take(count).Select(row => row.IsWhole)],
            [.. known.Select(feature => FeatureList.All[feature].Name)],
            [.. known.Select(feature => rows.Take(count).Select(row => row.Values[feature]).ToArray())]
        );
    }

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

        var batch = new RowBatch(Columns);
        await using var writer = await store.BeginBulkWriteAsync(connection, Name, Columns, cancellationToken);
        for (var row = first; row < series.Count; row += batch.Capacity)
        {
            batch.Clear();
            Fill(batch, series, row, Math.Min(batch.Capacity, series.Count - row));
            await writer.WriteAsync(batch, cancellationToken);
        }

        return (int)await writer.CompleteAsync(cancellationToken);
    }

    /// <summary>A row's values from a column on, NaN where they are null.</summary>
    public static double[] ValuesOf(DbDataReader row, int first)
    {
        var values = new double[FeatureList.All.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = row.IsDBNull(first + i) ? double.NaN : row.GetDouble(first + i);
        }

        return values;
    }

    private static void Fill(RowBatch batch, HourlySeries series, int first, int count)
    {
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
