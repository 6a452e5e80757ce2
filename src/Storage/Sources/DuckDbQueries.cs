using Tradepost.Storage.Embedded;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Sources;

/// <summary>What both ways of reading a DuckDB file, on its own and attached to a store, have in common.</summary>
internal static class DuckDbQueries
{
    public static async Task<IReadOnlyList<SourceColumn>> ColumnsOfAsync(
        DuckDbSource source,
        EmbeddedConnection connection,
        string query,
        CancellationToken cancellationToken
    )
    {
        try
        {
            // DuckDB says what the types are. A reader without rows does not know the digits of its decimals.
            return await connection.ReadAsync(
                $"DESCRIBE SELECT * FROM ({query}) q",
                row => new SourceColumn(row.GetString(0), IsNullable: true, row.GetString(1)),
                cancellationToken
            );
        }
        catch (EmbeddedException failure)
        {
            throw new SourceSchemaException($"Source {source.Name} at {source.Description}: {failure.Message.Trim()}", failure);
        }
    }

    /// <summary>Values are cast to the columns' types in the query, so that the reader finds what it expects.</summary>
    public static async Task<SourceReader> ReadAsync(
        DuckDbSource source,
        EmbeddedConnection connection,
        string query,
        IReadOnlyList<Column> columns,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return new DuckDbRowReader(await ChunkReader.StartAsync(connection, Cast(query, columns), cancellationToken), columns);
        }
        catch (EmbeddedException failure)
        {
            throw new SourceSchemaException($"Source {source.Name} at {source.Description}: {failure.Message.Trim()}", failure);
        }
    }

    public static string Cast(string query, IReadOnlyList<Column> columns)
    {
        var dialect = new Dialects.DuckDbDialect();
        var cast = columns.Select(c => $"CAST({Dialects.Sql.Name(c.Name)} AS {dialect.TypeName(c)}) AS {Dialects.Sql.Name(c.Name)}");
        return $"SELECT {string.Join(", ", cast)} FROM ({query}) q";
    }
}
