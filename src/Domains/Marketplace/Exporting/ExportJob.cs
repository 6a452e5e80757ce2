using System.Data.Common;
using System.Text.RegularExpressions;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Files;

namespace Tradepost.Marketplace.Exporting;

/// <summary>Writes a table of the domain into a file, in the order of its first columns. The file is there when it is whole.</summary>
internal static partial class ExportJob
{
    private const int MostOrdered = 4;

    public static async Task<ExportResult> RunAsync(ExportOptions options, JobContext context, CancellationToken cancellationToken)
    {
        var began = context.Time.GetTimestamp();
        Check(options, context.Store);
        var part = options.Out + ".part";
        try
        {
            await using var connection = await context.Store.OpenAsync(cancellationToken);
            var query = await QueryAsync(connection, options.Table, cancellationToken);
            var file = new QueryFile(connection, query, new Dictionary<string, object?>());
            var rows = IsParquet(options.Out)
                ? await file.WriteParquetAsync(part, cancellationToken)
                : await file.WriteCsvAsync(
                    part,
                    options.Out,
                    written => context.Progress.Report(new JobProgress("export", written)),
                    cancellationToken
                );
            File.Move(part, options.Out);
            return new ExportResult(
                options.Table,
                options.Out,
                rows,
                new FileInfo(options.Out).Length,
                context.Time.GetElapsedTime(began).TotalSeconds
            );
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static bool IsParquet(string path) => path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase);

    private static void Check(ExportOptions options, Store store)
    {
        var tables = MarketplaceMigrations
            .Set.For(store.Dialect)
            .SelectMany(migration => TableName().Matches(migration.Sql))
            .Select(match => match.Groups["name"].Value)
            .ToList();
        if (!tables.Contains(options.Table))
        {
            throw new JobFailedException(
                new Sentence($"{nameof(ExportOptions.Table):argument} is {options.Table}; allowed are {string.Join(", ", tables)}."),
                exitCode: 2
            );
        }

        var path = options.Out;
        if (IsParquet(path) && !store.Traits.WritesParquet)
        {
            throw new JobFailedException(
                new Sentence(
                    $"{nameof(ExportOptions.Out):argument} ends in .parquet, which only the embedded store writes; this one is {store.Dialect.Product}. Export to .csv.gz instead."
                ),
                exitCode: 2
            );
        }

        if (
            !IsParquet(path)
            && !path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
            && !path.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase)
        )
        {
            throw new JobFailedException(
                new Sentence($"{nameof(ExportOptions.Out):argument} is {path}; expected is a name that ends in .csv, .csv.gz or .parquet."),
                exitCode: 2
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

    private static async Task<string> QueryAsync(DbConnection connection, string table, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {Sql.Name(table)} LIMIT 0";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var order = Enumerable.Range(1, Math.Min(reader.FieldCount, MostOrdered));
        return $"SELECT * FROM {Sql.Name(table)} ORDER BY {string.Join(", ", order)}";
    }

    [GeneratedRegex("CREATE TABLE (?:IF NOT EXISTS )?\"?(?<name>\\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TableName();
}
