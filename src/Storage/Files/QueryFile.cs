using System.Data.Common;
using System.IO.Compression;
using Tradepost.Storage.Dialects;

namespace Tradepost.Storage.Files;

/// <summary>The rows of a query as a file: CSV, compressed, or Parquet where the store writes it.</summary>
/// <param name="connection">Of the store.</param>
/// <param name="query">The rows in their order.</param>
/// <param name="parameters">Its parameters.</param>
public sealed class QueryFile(DbConnection connection, string query, IReadOnlyDictionary<string, object?> parameters)
{
    private const int FlushSize = 1 << 16;
    private const int RowsOfProgress = 1 << 16;

    /// <summary>Begins a file; what its last name says is compressed.</summary>
    /// <param name="path">Where it is while it is written.</param>
    /// <param name="name">Its last name.</param>
    public static Stream Create(string path, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(File.Create(path), CompressionLevel.Optimal)
            : File.Create(path);
    }

    /// <summary>Writes a Parquet file; gives its rows. Only the embedded store can.</summary>
    public async Task<long> WriteParquetAsync(string path, CancellationToken cancellationToken)
    {
        // COPY takes no parameters: where there are any, the rows are gathered first, and stay in their order.
        var rows = query;
        if (parameters.Count > 0)
        {
            await connection.ExecuteAsync($"CREATE TEMP TABLE exported AS {query}", parameters, cancellationToken);
            rows = "SELECT * FROM exported";
        }

        var count = await connection.ScalarAsync<long>($"SELECT count(*) FROM ({rows}) AS counted", null, cancellationToken);
        await connection.ExecuteAsync($"COPY ({rows}) TO {Sql.Literal(path)} (FORMAT parquet, COMPRESSION zstd)", null, cancellationToken);
        await connection.ExecuteAsync("DROP TABLE IF EXISTS exported", null, cancellationToken);
        return count;
    }

    /// <summary>Writes a CSV file with the names of the columns; gives its rows.</summary>
    /// <param name="path">Where it is while it is written.</param>
    /// <param name="name">Its last name.</param>
    /// <param name="report">Is told from time to time how many rows there are.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<long> WriteCsvAsync(string path, string name, Action<long> report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        await using var content = Create(path, name);
        await using var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (query, 0);
        foreach (var (parameter, value) in parameters)
        {
            var added = command.CreateParameter();
            (added.ParameterName, added.Value) = (parameter, value);
            command.Parameters.Add(added);
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var lines = new CsvLines(reader);
        var rows = 0L;
        while (await reader.ReadAsync(cancellationToken))
        {
            lines.Add();
            if (lines.Length > FlushSize)
            {
                await content.WriteAsync(lines.Take(), cancellationToken);
            }

            if (++rows % RowsOfProgress == 0)
            {
                report(rows);
            }
        }

        await content.WriteAsync(lines.Take(), cancellationToken);
        return rows;
    }
}
