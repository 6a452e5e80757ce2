using System.Data.Common;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Files;
using Tradepost.Trading.Candles;
using Tradepost.Trading.Features;
using Tradepost.Trading.Returns.Exporting;
using Tradepost.Trading.Writing;

namespace Tradepost.Trading.Exporting;

/// <summary>Writes a table that is no recording into a file.</summary>
internal sealed class TableExport(JobContext context, DbConnection connection, ExportOptions options)
{
    /// <summary>Writes the rows that are asked for; gives how many they are.</summary>
    /// <exception cref="JobFailedException">There is nothing of what is asked for.</exception>
    public async Task<long> WriteAsync(string path, bool isParquet, CancellationToken cancellationToken)
    {
        var (query, filter) = options.Table switch
        {
            ExportTable.Candles => await CandlesAsync(cancellationToken),
            ExportTable.Features => await FeaturesAsync(cancellationToken),
            ExportTable.Folds => await ReturnsAsync(ReturnExports.Folds, "test_from", "", cancellationToken),
            _ => await ReturnsAsync(ReturnExports.Predictions, "feature_time", ", feature_time, version", cancellationToken),
        };
        var file = new QueryFile(connection, query, filter.Parameters);
        return isParquet
            ? await file.WriteParquetAsync(path, cancellationToken)
            : await file.WriteCsvAsync(
                path,
                options.Out,
                rows => context.Progress.Report(new JobProgress("export", rows)),
                cancellationToken
            );
    }

    private async Task<(string Query, ExportFilter Filter)> CandlesAsync(CancellationToken cancellationToken)
    {
        await RequireAsync(CandleTable.Name, cancellationToken);
        var filter = ExportFilter.Of(options, "open_time");
        return ($"SELECT * FROM {CandleTable.Name} {filter.Where} ORDER BY exchange, symbol, timeframe, open_time, source", filter);
    }

    /// <summary>A feature of which no row has a value has no column: the spread, say, where no quotes were recorded.</summary>
    private async Task<(string Query, ExportFilter Filter)> FeaturesAsync(CancellationToken cancellationToken)
    {
        await RequireFeaturesAsync(cancellationToken);
        var filter = ExportFilter.Of(options, "feature_time");
        var counts = await connection.ReadAsync(
            $"SELECT {string.Join(", ", FeatureList.All.Select(feature => $"count({Sql.Name(feature.Name)})"))} FROM {FeatureRows.Name} "
                + filter.Where,
            filter.Parameters,
            row => Enumerable.Range(0, FeatureList.All.Count).Select(row.GetInt64).ToList(),
            cancellationToken
        );
        var columns = FeatureList.All.Where((_, i) => counts[0][i] > 0).Select(feature => feature.Name);
        return (
            $"SELECT {Sql.Names(["symbol", "feature_time", .. columns])} FROM {FeatureRows.Name} {filter.Where} ORDER BY symbol, feature_time",
            filter
        );
    }

    private async Task<(string Query, ExportFilter Filter)> ReturnsAsync(
        string query,
        string time,
        string further,
        CancellationToken cancellationToken
    )
    {
        await RequireFeaturesAsync(cancellationToken);
        var filter = ExportFilter.Of(options, time);
        return ($"SELECT * FROM ({query}) AS returns {filter.Where} ORDER BY model, symbol, horizon, fold NULLS LAST{further}", filter);
    }

    private Task RequireFeaturesAsync(CancellationToken cancellationToken) =>
        options.Exchange is null
            ? RequireAsync("feature_series", cancellationToken)
            : throw new JobFailedException(
                new Sentence(
                    $"{nameof(ExportOptions.Exchange):argument} is of quotes and candles; features of a symbol are of one exchange. Leave it out."
                ),
                2
            );

    private Task RequireAsync(string table, CancellationToken cancellationToken) =>
        RecordedNames.RequireAsync(connection, [table], options.Symbol, options.Exchange, context.Store, cancellationToken);
}
