using System.Data.Common;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Storage.Files;
using Tradepost.Trading.Quotes;
using Tradepost.Trading.Tapes;
using Tradepost.Trading.Writing;

namespace Tradepost.Trading.Exporting;

/// <summary>Writes a table into a file, quotes in the order they arrived. The file is there when it is whole.</summary>
internal static class ExportJob
{
    private const string Columns = "exchange, symbol, timestamp, local_timestamp, ask_amount, ask_price, bid_price, bid_amount";
    private const int FlushSize = 1 << 16;
    private const int RowsOfProgress = 1 << 18;

    public static async Task<ExportResult> RunAsync(ExportOptions options, JobContext context, CancellationToken cancellationToken)
    {
        var began = context.Time.GetTimestamp();
        var filter = options.Table == ExportTable.Quotes ? ExportFilter.OfQuotes(options) : null;
        var isParquet = options.Out.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase);
        Check(options.Out, isParquet, context.Store);
        var part = options.Out + ".part";
        try
        {
            await using var connection = await context.Store.OpenAsync(cancellationToken);
            var rows = filter is null
                ? await new TableExport(context, connection, options).WriteAsync(part, isParquet, cancellationToken)
                : await WriteQuotesAsync(connection, filter, part, isParquet, options, context, cancellationToken);
            File.Move(part, options.Out);
            return new ExportResult(options.Out, rows, new FileInfo(options.Out).Length, context.Time.GetElapsedTime(began).TotalSeconds);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static void Check(string path, bool isParquet, Store store)
    {
        if (isParquet && !store.Traits.WritesParquet)
        {
            throw new JobFailedException(
                new Sentence(
                    $"{nameof(ExportOptions.Out):argument} ends in .parquet, which only the embedded store writes; this one is {store.Dialect.Product}. Export to .csv.gz instead."
                ),
                2
            );
        }

        if (
            !isParquet
            && !path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
            && !path.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase)
        )
        {
            throw new JobFailedException(
                new Sentence($"{nameof(ExportOptions.Out):argument} is {path}; expected is a name that ends in .csv, .csv.gz or .parquet."),
                2
            );
        }

        if (File.Exists(path))
        {
            throw new JobFailedException(
                new Sentence($"{path} is there already; delete it, or give another {nameof(ExportOptions.Out):argument}.")
            );
        }

        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
        {
            throw new JobFailedException(new Sentence($"{nameof(ExportOptions.Out):argument} is {path}, whose folder does not exist."));
        }
    }

    private static async Task<long> WriteQuotesAsync(
        DbConnection connection,
        ExportFilter filter,
        string path,
        bool isParquet,
        ExportOptions options,
        JobContext context,
        CancellationToken cancellationToken
    )
    {
        await RecordedNames.RequireAsync(
            connection,
            [QuoteTables.Quotes],
            options.Symbol,
            options.Exchange,
            context.Store,
            cancellationToken
        );
        return isParquet
            ? await new QueryFile(connection, QueryOf(filter), filter.Parameters).WriteParquetAsync(path, cancellationToken)
            : await WriteCsvAsync(connection, filter, path, options.Out, context, cancellationToken);
    }

    private static async Task<long> WriteCsvAsync(
        DbConnection connection,
        ExportFilter filter,
        string path,
        string name,
        JobContext context,
        CancellationToken cancellationToken
    )
    {
        await using var content = QueryFile.Create(path, name);
        await using var command = connection.CreateCommand();
        command.CommandText = QueryOf(filter);
        command.CommandTimeout = 0;
        foreach (var (parameter, value) in filter.Parameters)
        {
            var added = command.CreateParameter();
            (added.ParameterName, added.Value) = (parameter, value);
            command.Parameters.Add(added);
        }

        var lines = new LineWriter();
        lines.Header(TapeHeader.Quotes);
        var rows = 0L;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            lines.Line(QuoteOf(reader));
            if (lines.Length > FlushSize)
            {
                await content.WriteAsync(lines.Written, cancellationToken);
                lines.Clear();
            }

            if (++rows % RowsOfProgress == 0)
            {
                context.Progress.Report(new JobProgress("export", rows));
            }
        }

        await content.WriteAsync(lines.Written, cancellationToken);
        return rows;
    }

    private static string QueryOf(ExportFilter filter) =>
        $"SELECT {Columns} FROM {QuoteTables.Quotes} {filter.Where} ORDER BY local_timestamp, id";

    private static Quote QuoteOf(DbDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            0,
            row.GetInt64(2),
            row.GetInt64(3),
            UnitsOf(row, 4),
            UnitsOf(row, 5),
            UnitsOf(row, 6),
            UnitsOf(row, 7)
        );

    private static Int128 UnitsOf(DbDataReader row, int column) => row.IsDBNull(column) ? 0 : Exact.FromDecimal(row.GetDecimal(column));
}
