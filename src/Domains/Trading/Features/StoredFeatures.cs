using System.Data.Common;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Trading.Features;

/// <summary>Reads the table of features.</summary>
internal static class StoredFeatures
{
    private const int FirstFeature = 4;

    /// <summary>Later than any row, and a time in every store.</summary>
    private static readonly DateTime LastMoment = new(9999, 1, 1);

    /// <summary>The columns of all features, for a query.</summary>
    public static string Columns { get; } = Sql.Names(FeatureList.All.Select(feature => feature.Name));

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
        var read = await RowsAsync(connection, [symbol], DateTime.UnixEpoch, until ?? LastMoment, FeatureList.All, cancellationToken);
        if (!read.TryGetValue(symbol, out var series))
        {
            return new FeatureSeries(symbol, [], [], [], [], []);
        }

        var count = series.Whole.Count;
        while (count > 0 && !series.Whole[count - 1])
        {
            count--;
        }

        var rows = series.Slice(0, count);
        int[] known = [.. Enumerable.Range(0, rows.Names.Count).Where(feature => !rows.Columns[feature].All(double.IsNaN))];
        return rows with { Names = [.. known.Select(i => rows.Names[i])], Columns = [.. known.Select(i => rows.Columns[i])] };
    }

    /// <summary>The rows of symbols between two moments (UTC), both among them, with some features; symbols without rows are left out.</summary>
    public static async Task<IReadOnlyDictionary<string, FeatureSeries>> RowsAsync(
        DbConnection connection,
        IReadOnlyCollection<string> symbols,
        DateTime from,
        DateTime to,
        IReadOnlyList<Feature> features,
        CancellationToken cancellationToken
    )
    {
        var asked = new ParameterList("symbol", symbols);
        var rows = await connection.ReadAsync(
            $"SELECT {Sql.Names(["symbol", "feature_time", "close", "is_whole", .. features.Select(feature => feature.Name)])} "
                + $"FROM {FeatureRows.Name} WHERE symbol IN ({asked.Names}) AND feature_time >= @from AND feature_time <= @to "
                + "ORDER BY symbol, feature_time",
            asked.With(KeyValuePair.Create("from", (object?)from), KeyValuePair.Create("to", (object?)to)),
            row => new StoredHour(
                row.GetString(0),
                row.GetDateTime(1),
                row.GetDouble(2),
                row.GetBoolean(3),
                ValuesOf(row, FirstFeature, features.Count)
            ),
            cancellationToken
        );
        var series = new Dictionary<string, FeatureSeries>();
        for (var first = 0; first < rows.Count; )
        {
            var end = first + 1;
            while (end < rows.Count && rows[end].Symbol == rows[first].Symbol)
            {
                end++;
            }

            series[rows[first].Symbol] = SeriesOf(rows, first, end, features);
            first = end;
        }

        return series;
    }

    /// <summary>The means of features over the whole hours of symbols between two moments (UTC), both among them; those that are known.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>> MeansAsync(
        DbConnection connection,
        IReadOnlyCollection<string> symbols,
        DateTime from,
        DateTime to,
        CancellationToken cancellationToken
    )
    {
        var asked = new ParameterList("symbol", symbols);
        var means = await connection.ReadAsync(
            $"SELECT symbol, {string.Join(", ", FeatureList.All.Select(feature => $"avg({Sql.Name(feature.Name)})"))} FROM {FeatureRows.Name} "
                + $"WHERE symbol IN ({asked.Names}) AND feature_time >= @from AND feature_time <= @to AND is_whole GROUP BY symbol",
            asked.With(KeyValuePair.Create("from", (object?)from), KeyValuePair.Create("to", (object?)to)),
            row => (Symbol: row.GetString(0), Values: ValuesOf(row, 1, FeatureList.All.Count)),
            cancellationToken
        );
        return means.ToDictionary(
            one => one.Symbol,
            IReadOnlyDictionary<string, double> (one) =>
                FeatureList
                    .All.Select((feature, i) => KeyValuePair.Create(feature.Name, one.Values[i]))
                    .Where(mean => !double.IsNaN(mean.Value))
                    .ToDictionary()
        );
    }

    /// <summary>A row's values from a column on, NaN where they are null.</summary>
    public static double[] ValuesOf(DbDataReader row, int first, int count)
    {
        var values = count == 0 ? [] : new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = row.IsDBNull(first + i) ? double.NaN : row.GetDouble(first + i);
        }

        return values;
    }

    private static FeatureSeries SeriesOf(IReadOnlyList<StoredHour> rows, int first, int end, IReadOnlyList<Feature> features)
    {
        var (times, closes, whole) = (new DateTime[end - first], new double[end - first], new bool[end - first]);
        double[][] columns = [.. features.Select(_ => new double[times.Length])];
        for (var i = 0; i < times.Length; i++)
        {
            var row = rows[first + i];
            (times[i], closes[i], whole[i]) = (row.Time, row.Close, row.IsWhole);
            for (var column = 0; column < columns.Length; column++)
            {
                columns[column][i] = row.Values[column];
            }
        }

        return new FeatureSeries(rows[first].Symbol, times, closes, whole, [.. features.Select(feature => feature.Name)], columns);
    }

    private readonly record struct StoredHour(string Symbol, DateTime Time, double Close, bool IsWhole, double[] Values);
}
