using System.Data.Common;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Retail.Generation;

/// <summary>Many rows in one statement that MySQL and DuckDB both understand.</summary>
internal static class SqlBatch
{
    private const int RowsPerStatement = 500;

    public static string Text(string value) => Sql.Literal(value);

    public static string Time(long moment) => $"TIMESTAMP '{Moment.ToDateTime(moment):yyyy-MM-dd HH:mm:ss.ffffff}'";

    /// <summary>Cents as a decimal literal.</summary>
    public static string Money(long cents) => $"{cents / 100}.{cents % 100:D2}";

    public static string Number(long value) => value.ToString();

    /// <summary>Inserts rows that are given as the literals of their columns.</summary>
    public static async Task InsertAsync(
        DbConnection connection,
        DbTransaction transaction,
        string table,
        string columns,
        IEnumerable<string> rows,
        CancellationToken cancellationToken
    )
    {
        foreach (var chunk in rows.Chunk(RowsPerStatement))
        {
            await ExecuteAsync(
                connection,
                transaction,
                $"INSERT INTO {table} ({columns}) VALUES {string.Join(",", chunk.Select(row => $"({row})"))}",
                cancellationToken
            );
        }
    }

    /// <summary>Updates rows by id: each has one literal for each column.</summary>
    public static async Task UpdateAsync(
        DbConnection connection,
        DbTransaction transaction,
        string table,
        IReadOnlyList<string> columns,
        IEnumerable<(long Id, IReadOnlyList<string> Values)> rows,
        CancellationToken cancellationToken
    )
    {
        foreach (var chunk in rows.Chunk(RowsPerStatement))
        {
            var settings = columns.Select(
                (column, index) =>
                    $"{column} = CASE id {string.Join(" ", chunk.Select(row => $"WHEN {Number(row.Id)} THEN {row.Values[index]}"))} END"
            );
            await ExecuteAsync(
                connection,
                transaction,
                $"UPDATE {table} SET {string.Join(", ", settings)} WHERE id IN ({Ids(chunk.Select(row => row.Id))})",
                cancellationToken
            );
        }
    }

    /// <summary>Reads the rows that belong to some ids; the query holds {ids} where the list is wanted.</summary>
    public static async Task<List<T>> SelectAsync<T>(
        DbConnection connection,
        DbTransaction transaction,
        string query,
        IEnumerable<long> ids,
        Func<DbDataReader, T> read,
        CancellationToken cancellationToken
    )
    {
        var rows = new List<T>();
        foreach (var chunk in ids.Chunk(RowsPerStatement))
        {
            rows.AddRange(
                await SelectAsync(
                    connection,
                    transaction,
                    query.Replace("{ids}", Ids(chunk), StringComparison.Ordinal),
                    read,
                    cancellationToken
                )
            );
        }

        return rows;
    }

    public static async Task<List<T>> SelectAsync<T>(
        DbConnection connection,
        DbTransaction transaction,
        string query,
        Func<DbDataReader, T> read,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        command.Transaction = transaction;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static string Ids(IEnumerable<long> ids) => string.Join(',', ids.Select(Number));

    private static async Task ExecuteAsync(
        DbConnection connection,
        DbTransaction transaction,
        string sql,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
