using System.Data.Common;
using System.Globalization;
using System.Numerics;
using Tradepost.DuckDb;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;

namespace Tradepost.Storage.Queries;

/// <summary>Runs one statement that cannot change anything: on a file opened for reading, or in a READ ONLY transaction.</summary>
public static class ReadOnlyQuery
{
    private const string ReadOnlyTransaction = "25006";

    private static readonly string[] Allowed = ["SELECT", "WITH", "EXPLAIN", "DESCRIBE", "SHOW"];

    /// <summary>Runs the statement and reads at most <paramref name="limit"/> rows of it.</summary>
    /// <exception cref="QueryRefusedException">It is not one statement, or not one that only reads.</exception>
    public static async Task<QueryResult> RunAsync(StoreTarget target, string sql, int limit, TimeProvider time, CancellationToken cancellationToken)
    {
        var statement = Check(sql);
        if (target is EmbeddedTarget embedded)
        {
            await using var connection = await OpenAsync(embedded, cancellationToken);
            return await ReadAsync(connection, statement, limit, cancellationToken);
        }

        await using var store = target.Open(time);
        await using var session = await store.OpenAsync(cancellationToken);
        await using var transaction = await session.BeginTransactionAsync(cancellationToken);
        await session.ExecuteAsync("SET TRANSACTION READ ONLY", parameters: null, cancellationToken);
        return await ReadAsync(session, statement, limit, cancellationToken);
    }

    private static string Check(string sql)
    {
        var statements = SqlStatements.Split(sql);
        if (statements.Count != 1)
        {
            throw new QueryRefusedException(statements.Count == 0
                ? "The query is empty; give one SELECT statement."
                : string.Create(CultureInfo.InvariantCulture, $"The query has {statements.Count} statements; give one at a time."));
        }

        var word = FirstWord(statements[0]);
        return Allowed.Contains(word, StringComparer.OrdinalIgnoreCase)
            ? statements[0]
            : throw new QueryRefusedException($"A query begins with {string.Join(", ", Allowed[..^1])} or {Allowed[^1]}, not with {(word.Length > 0 ? word : statements[0][..1])}: nothing can be changed this way.");
    }

    private static string FirstWord(string statement)
    {
        var text = statement.AsSpan();
        while (text.Length > 0)
        {
            var rest = text.TrimStart().TrimStart('(');
            if (rest.StartsWith("--"))
            {
                rest = rest.IndexOf('\n') is >= 0 and var end ? rest[end..] : [];
            }
            else if (rest.StartsWith("/*"))
            {
                rest = rest.IndexOf("*/") is >= 0 and var close ? rest[(close + 2)..] : [];
            }

            if (rest.Length == text.Length)
            {
                break;
            }

            text = rest;
        }

        var length = text.IndexOfAnyExceptInRange('A', 'z');
        return (length < 0 ? text : text[..length]).ToString();
    }

    private static async Task<DbConnection> OpenAsync(EmbeddedTarget target, CancellationToken cancellationToken)
    {
        if (!File.Exists(target.Path))
        {
            throw new StoreUnavailableException($"There is no store {target.Path} yet; `tradepost db setup` creates it, and so does the first job.");
        }

        var connection = new DuckDbConnection(new DuckDbConnectionStringBuilder { DataSource = target.Path, AccessMode = "read_only" }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch (DuckDbException e)
        {
            await connection.DisposeAsync();
            throw new StoreUnavailableException($"The embedded store {target.Path} cannot be opened: {e.Message.Trim()}", e);
        }
    }

    private static async Task<QueryResult> ReadAsync(DbConnection connection, string statement, int limit, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = connection.CreateCommand();
            command.CommandText = statement;
            command.CommandTimeout = 0;
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
            var rows = new List<IReadOnlyList<object?>>();
            while (await reader.ReadAsync(cancellationToken))
            {
                if (rows.Count == limit)
                {
                    return new QueryResult(columns, rows, IsCut: true);
                }

                rows.Add([.. Enumerable.Range(0, columns.Count).Select(i => Plain(reader.GetValue(i)))]);
            }

            return new QueryResult(columns, rows, IsCut: false);
        }
        catch (DbException e) when (e.SqlState == ReadOnlyTransaction || e.Message.Contains("read-only mode", StringComparison.Ordinal))
        {
            throw new QueryRefusedException("The statement would change something; a query can only read.", e);
        }
        catch (DbException e) when (e.SqlState is { } state && e.Message.StartsWith(state, StringComparison.Ordinal))
        {
            throw new QueryRefusedException(e.Message[(state.Length + 2)..].Split('\n')[0], e);
        }
        catch (DuckDbException e)
        {
            throw new QueryRefusedException(e.Message.Trim(), e);
        }
    }

    private static object? Plain(object? value) => value switch
    {
        null or DBNull => null,
        BigInteger number => number >= long.MinValue && number <= long.MaxValue ? (long)number : number.ToString(CultureInfo.InvariantCulture),
        Int128 number => number >= long.MinValue && number <= long.MaxValue ? (long)number : number.ToString(CultureInfo.InvariantCulture),
        UInt128 number => number <= (UInt128)long.MaxValue ? (long)number : number.ToString(CultureInfo.InvariantCulture),
        string or bool or int or long or short or byte or sbyte or uint or ulong or ushort or float or double or decimal => value,
        DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan or Guid or byte[] => value,
        System.Collections.IDictionary map => map.Keys.Cast<object>().ToDictionary(key => key.ToString()!, key => Plain(map[key])),
        System.Collections.IEnumerable list => list.Cast<object?>().Select(Plain).ToList(),
        _ => value.ToString(),
    };
}
