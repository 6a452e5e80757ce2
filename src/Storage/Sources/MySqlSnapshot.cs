using MySqlConnector;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Sources;

internal sealed class MySqlSnapshot(MySqlSource source, MySqlConnection connection) : SourceSnapshot
{
    public override async Task<IReadOnlyList<SourceColumn>> ColumnsOfAsync(string query, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = new MySqlCommand($"SELECT * FROM ({query}) q LIMIT 0", connection);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            return [.. reader.GetColumnSchema().Select(column => new SourceColumn(column.ColumnName, column.AllowDBNull ?? true))];
        }
        catch (MySqlException failure)
        {
            throw Translate(failure);
        }
    }

    public override async Task<SourceReader> ReadAsync(string query, IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        var command = new MySqlCommand(query, connection) { CommandTimeout = 0 };
        try
        {
            var reader = await Task.Run(command.ExecuteReader, cancellationToken);
            return new MySqlRowReader(this, command, reader, columns);
        }
        catch (MySqlException failure)
        {
            await command.DisposeAsync();
            throw Translate(failure);
        }
    }

    public override async ValueTask DisposeAsync() => await connection.DisposeAsync();

    /// <summary>Missing tables and columns, and expressions the server refuses, are the schema's fault; the rest is the connection's.</summary>
    internal Exception Translate(MySqlException failure) => failure.Number switch
    {
        1054 or 1146 or 1049 or 1064 or 1305 or 1356 or 1142 or 1143 =>
            new SourceSchemaException($"Source {source.Name} at {source.Description}: {failure.Message}", failure),
        _ => new SourceUnavailableException(source.Name, source.Description, failure.GetBaseException().Message, failure),
    };
}
