using System.Diagnostics;
using System.Globalization;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Loading;

namespace Tradepost.Benchmarks.Bulk;

/// <summary>
/// The processes that are measured: <c>load write STORE ROWS</c> writes rows with our bulk writer, <c>load copy STORE FILE</c>
/// lets DuckDB read a CSV file, <c>load copy STORE FILE TABLE</c> one with a header into another table. Each prints its seconds, from opening the connection to the end of the commit.
/// </summary>
internal static class Loads
{
    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var (how, url, what) = (arguments[0], arguments[1], arguments[2]);
        await using var store = Open(url);
        var started = Stopwatch.GetTimestamp();
        await using var connection = await store.OpenSessionAsync(cancellationToken);
        if (how == "write")
        {
            await WriteAsync(store, connection, long.Parse(what, CultureInfo.InvariantCulture), cancellationToken);
        }
        else
        {
            var (table, hasHeader) = arguments is [_, _, _, var other] ? (other, "true") : ("quotes", "false");
            await connection.ExecuteAsync(
                $"COPY {Sql.Name(table)} FROM {Sql.Literal(what)} (FORMAT csv, HEADER {hasHeader})",
                null,
                cancellationToken
            );
        }

        Console.WriteLine(Stopwatch.GetElapsedTime(started).TotalSeconds.ToString());
        return 0;
    }

    public static Store Open(string url) =>
        Settings
            .Load(
                new SettingSources(
                    new Dictionary<string, string> { [SettingNames.DatabaseUrl] = url },
                    new Dictionary<string, string>(),
                    "/",
                    _ => null
                )
            )
            .Store.Open(TimeProvider.System);

    private static async Task WriteAsync(
        Store store,
        System.Data.Common.DbConnection connection,
        long rows,
        CancellationToken cancellationToken
    )
    {
        await using var writer = await store.BeginBulkWriteAsync(connection, "quotes", Quotes.Columns, cancellationToken);
        var batch = new RowBatch(Quotes.Columns);
        for (var first = 0L; first < rows; first += batch.Capacity)
        {
            Quotes.Fill(batch, first, rows);
            await writer.WriteAsync(batch, cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
    }
}
