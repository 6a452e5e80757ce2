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
            return [.. (await reader.GetColumnSchemaAsync(cancellationToken)).Cast<MySqlDbColumn>().Select(ColumnOf)];
        }
        catch (Exception failure) when (MySqlFailures.IsOne(failure))
        {
            throw Translate(failure);
        }
    }

    public override async Task<SourceReader> ReadAsync(string query, IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        var (command, reader) = await ExecuteAsync(query, cancellationToken);
        var floats = Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetFieldType(i) == typeof(float)).ToArray();
        if (floats.Contains(true))
        {
            await Task.Run(command.Cancel, cancellationToken);
            await reader.DisposeAsync();
            await command.DisposeAsync();
            (command, reader) = await ExecuteAsync(WithDoubles(query, columns, floats), cancellationToken);
        }

        return new MySqlRowReader(this, command, reader, columns, floats);
    }

    private async Task<(MySqlCommand Command, MySqlDataReader Reader)> ExecuteAsync(string query, CancellationToken cancellationToken)
    {
        var command = new MySqlCommand(query, connection) { CommandTimeout = 0 };
        try
        {
            return (command, await Task.Run(command.ExecuteReader, cancellationToken));
        }
        catch (Exception failure) when (MySqlFailures.IsOne(failure))
        {
            await command.DisposeAsync();
            throw Translate(failure);
        }
    }

    /// <summary>MySQL writes a FLOAT with six digits, whatever it holds; a DOUBLE it writes whole.</summary>
    private string WithDoubles(string query, IReadOnlyList<Column> columns, bool[] floats)
    {
        var names = columns.Select((column, i) => (Name: source.Dialect.Name(column.Name), IsFloat: floats[i]));
        return "SELECT "
            + $"{string.Join(", ", names.Select(column => column.IsFloat ? $"{column.Name} + 0e0 AS {column.Name}" : column.Name))} FROM "
            + $"({query}) q";
    }

    public override async ValueTask DisposeAsync() => await connection.DisposeAsync();

    private static SourceColumn ColumnOf(MySqlDbColumn column) =>
        new(
            column.ColumnName,
            column.AllowDBNull ?? true,
            column.ProviderType.ToString(),
            column.NumericScale ?? 0,
            IsPadded: column.ColumnSize == column.NumericPrecision + (column.NumericScale > 0 ? 1 : 0)
        ); // no sign: of these ZEROFILL is one

    internal Exception Translate(Exception failure) =>
        MySqlFailures.IsOfSchema(failure)
            ? new SourceSchemaException($"Source {source.Name} at {source.Description}: {failure.Message}", failure)
            : new SourceUnavailableException(source.Name, source.Description, MySqlFailures.ReasonOf(failure), failure);
}
