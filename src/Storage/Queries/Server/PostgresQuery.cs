using System.Data;
using System.Data.Common;
using Npgsql;
using Tradepost.Storage.Queries.Costs;

namespace Tradepost.Storage.Queries.Server;

/// <summary>
/// A query on PostgreSQL: the server takes the text apart by making a temporary view of it, which takes one SELECT and runs nothing.
/// Every table and function in the view, which it names by their ids, has to be allowed, what the query could come to is worked out, and
/// the text that the server makes of the view runs as one cursor of a READ ONLY transaction, under a login that may do nothing else.
/// See docs/decisions/0021.
/// </summary>
internal sealed class PostgresQuery(PostgresStore store, IReadOnlyCollection<string> hiddenTables) : StoreQuery(hiddenTables)
{
    /// <summary>The class of errors that say that memory, disk or a limit of them is used up.</summary>
    private const string Resources = "53";

    /// <summary>PostgreSQL works out a row at a time.</summary>
    private static readonly CostLimits Costs = new() { RowsAtOnce = 1 };

    private readonly ServerMemory servers = new();

    public override async Task<QueryRows> RunAsync(
        string sql,
        QueryLimits limits,
        WithheldColumns withheld,
        CancellationToken cancellationToken
    )
    {
        var (explain, body) = Explained(sql);
        using var watched = await servers.Guard.EnterAsync(cancellationToken);
        try
        {
            await using var known = (NpgsqlConnection)await store.OpenAsync(watched.Token);
            var (connection, isOwnLogin) = await store.Queries.OpenAsync(known, watched.Token);
            await using (connection)
            {
                var parsing = new QueryParsing(known, Hidden, Costs) { IsOwnLogin = isOwnLogin, Withheld = withheld };
                var (text, names) = await parsing.ParseAsync(body, sql.Length - body.Length, limits.Time, watched.Token);
                return await RunAsync(connection, isOwnLogin, explain, text, names, limits, watched.Token);
            }
        }
        catch (Exception e) when (watched.IsOver && (e is OperationCanceledException or NpgsqlException))
        {
            throw Refusals.TooMuchMemory(e);
        }
    }

    public override bool IsStop(DbException error) => error.SqlState == PostgresErrorCodes.QueryCanceled;

    /// <summary>The hidden tables, all foreign tables, and the views that read one of these.</summary>
    public static async Task<IReadOnlySet<string>> HiddenAsync(
        DbConnection connection,
        IReadOnlySet<string> hiddenTables,
        CancellationToken cancellationToken
    ) =>
        (
            await connection.QueryAsync<string>(
                """
                WITH RECURSIVE hidden AS (
                    SELECT oid FROM pg_catalog.pg_class WHERE relkind = 'f' OR lower(relname) = ANY(@names)
                      OR relnamespace = pg_catalog.to_regnamespace('tradepost_private')
                    UNION
                    SELECT r.ev_class FROM hidden h
                    JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = h.oid
                      AND d.classid = 'pg_catalog.pg_rewrite'::regclass
                    JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid)
                SELECT relname::text FROM pg_catalog.pg_class JOIN hidden USING (oid)
                """,
                new { names = hiddenTables.Select(name => name.ToLowerInvariant()).ToArray() },
                cancellationToken
            )
        ).ToHashSet(StringComparer.Ordinal);

    /// <summary>A command that goes to the server as one statement: more in its text is refused by the server.</summary>
    public static NpgsqlBatch Alone(NpgsqlConnection connection, string sql) =>
        new(connection) { BatchCommands = { new NpgsqlBatchCommand(sql) }, Timeout = 0 };

    private async Task<QueryRows> RunAsync(
        NpgsqlConnection connection,
        bool isOwnLogin,
        string explain,
        string text,
        IReadOnlyList<string> names,
        QueryLimits limits,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await ReadOnlyTransaction.BeginAsync(connection, cancellationToken);
        using var running = servers.Watch(connection);
        await GuardAsync(connection, isOwnLogin, limits, cancellationToken);
        try
        {
            if (explain.Length == 0)
            {
                await using var cursor = Alone(connection, "DECLARE query NO SCROLL CURSOR FOR " + text);
                await cursor.ExecuteNonQueryAsync(cancellationToken);
            }

            await using var rows = Alone(
                connection,
                explain.Length > 0 ? explain + text : $"FETCH FORWARD {(long)limits.Rows + 1} FROM query"
            );
            await using var reader = await rows.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken);
            var columns = RowReading.ColumnsOf(reader);
            var read = await RowReading.ReadAsync(reader, columns, limits, cancellationToken);
            return explain.Length > 0
                ? read
                : read with
                {
                    Columns = [.. columns.Zip(names, (column, name) => column with { Name = name })],
                };
        }
        catch (PostgresException e)
            when (e.SqlState
                    is PostgresErrorCodes.ReadOnlySqlTransaction
                        or PostgresErrorCodes.FeatureNotSupported
                        or PostgresErrorCodes.InsufficientPrivilege
            )
        {
            throw new QueryRefusedException($"A query may not do that: {e.MessageText}.", e);
        }
        catch (PostgresException e) when (e.SqlState.StartsWith(Resources, StringComparison.Ordinal))
        {
            throw new QueryRefusedException(
                $"The query took too much of the server ({e.MessageText}) and was stopped; ask for fewer rows, groups or distinct values.",
                e
            );
        }
        catch (PostgresException e) when (!IsStop(e) && !e.IsTransient)
        {
            throw new QueryFailedException(QueryParsing.Sentence(e), position: null, e);
        }
    }

    private static async Task GuardAsync(
        NpgsqlConnection connection,
        bool isOwnLogin,
        QueryLimits limits,
        CancellationToken cancellationToken
    )
    {
        await connection.ExecuteAsync(
            $"""
            SET LOCAL standard_conforming_strings = on;
            SET LOCAL statement_timeout = {Math.Max(1, (long)limits.Time.TotalMilliseconds)};
            SET LOCAL work_mem = '16MB';
            SET LOCAL hash_mem_multiplier = 1;
            SET LOCAL jit = off;
            SET LOCAL cursor_tuple_fraction = 1
            """,
            parameters: null,
            cancellationToken
        );

        // An owner or superuser gives up for this transaction what is not needed for reading; who may not, has little to give up.
        var right = connection.PostgreSqlVersion.Major >= 16 ? "SET" : "MEMBER";
        if (
            !isOwnLogin
            && await connection.ScalarAsync<bool>(
                "SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = 'pg_read_all_data' AND pg_catalog.pg_has_role(oid, "
                    + "@right))",
                new { right },
                cancellationToken
            )
        )
        {
            await connection.ExecuteAsync("SET LOCAL ROLE pg_read_all_data", parameters: null, cancellationToken);
        }
    }
}
