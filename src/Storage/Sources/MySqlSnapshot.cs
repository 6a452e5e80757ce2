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
        catch (Exception failure) when (MySqlFailures.IsOne(failure))
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
        catch (Exception failure) when (MySqlFailures.IsOne(failure))
        {
            await command.DisposeAsync();
            throw Translate(failure);
        }
    }

    public override async ValueTask DisposeAsync() => await connection.DisposeAsync();

    internal Exception Translate(Exception failure) => MySqlFailures.IsOfSchema(failure)
        ? new SourceSchemaException($"Source {source.Name} at {source.Description}: {failure.Message}", failure)
        : new SourceUnavailableException(source.Name, source.Description, MySqlFailures.ReasonOf(failure), failure);
}
