using System.Data.Common;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Queries.Embedded;
using Tradepost.Storage.Queries.Server;

namespace Tradepost.Storage.Queries;

/// <summary>The tables of a store that queries may read, with their columns and sizes.</summary>
public sealed class TableCatalogue(Store store, IReadOnlyCollection<string> hiddenTables)
{
    private readonly HashSet<string> hidden = hiddenTables.ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>All of them, by schema and name.</summary>
    public async Task<IReadOnlyList<StoreTable>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        var columns = await ColumnsAsync(connection, cancellationToken);
        var isEmbedded = store.Dialect is DuckDbDialect;
        var script = SqlScript.Load(typeof(TableCatalogue).Assembly, $"Queries/tables.{store.Dialect.Name}.sql");
        var found = await connection.ReadAsync(
            script.For(store.Dialect, new Dictionary<string, Func<string, string>>()),
            reader => new StoreTable(
                reader.GetString(0),
                reader.GetString(1),
                reader.GetString(2),
                columns.TryGetValue((reader.GetString(0), reader.GetString(1)), out var own) ? own : [],
                reader.IsDBNull(3) ? null : reader.GetInt64(3),
                isEmbedded || reader.IsDBNull(4) ? null : reader.GetInt64(4)
            ),
            cancellationToken
        );
        var unseen = isEmbedded
            ? (await ReadableTables.OfAsync(connection, hidden, cancellationToken)).Hidden
            : await PostgresQuery.HiddenAsync(connection, hidden, cancellationToken);
        var tables = found.Where(table => !unseen.Contains(table.Name)).ToList();
        for (var i = 0; isEmbedded && i < tables.Count; i++)
        {
            tables[i] =
                tables[i].Kind == "table"
                    ? tables[i] with
                    {
                        Bytes = await BytesAsync(connection, tables[i], cancellationToken),
                    }
                    : tables[i];
        }

        return tables;
    }

    private static async Task<Dictionary<(string Schema, string Table), IReadOnlyList<StoreColumn>>> ColumnsAsync(
        DbConnection connection,
        CancellationToken cancellationToken
    )
    {
        var columns = await connection.ReadAsync(
            """
            SELECT table_schema, table_name, column_name, data_type, is_nullable FROM information_schema.columns
            WHERE table_catalog = current_database() AND table_schema NOT IN ('pg_catalog', 'information_schema')
            ORDER BY table_schema, table_name, ordinal_position
            """,
            reader =>
                (
                    Table: (reader.GetString(0), reader.GetString(1)),
                    Column: new StoreColumn(reader.GetString(2), reader.GetString(3), reader.GetString(4) == "YES")
                ),
            cancellationToken
        );
        return columns
            .GroupBy(column => column.Table)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<StoreColumn>)[.. group.Select(column => column.Column)]);
    }

    // Only what was written to the file has blocks; rows that are still in the log count nothing yet.
    private static Task<long> BytesAsync(DbConnection connection, StoreTable table, CancellationToken cancellationToken) =>
        connection.ScalarAsync<long>(
            $"""
            SELECT count(DISTINCT block_id) * (SELECT block_size FROM pragma_database_size() WHERE database_name = current_database())
            FROM pragma_storage_info({Sql.Literal($"{Sql.Name(table.Schema)}.{Sql.Name(table.Name)}")}) WHERE persistent AND block_id >= 0
            """,
            parameters: null,
            cancellationToken
        );
}
