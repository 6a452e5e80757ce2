using System.Data;
using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace Tradepost.Storage.Queries;

/// <summary>
/// A query on PostgreSQL: every word that names a function has to be among the allowed ones, nothing of the server's own
/// catalogue is named, and the server runs the text as one cursor in a READ ONLY transaction with its own time limits, under the
/// role pg_read_all_data where the user may take it. See docs/decisions/0011.
/// </summary>
internal sealed class PostgresQuery(PostgresStore store, IReadOnlyCollection<string> hiddenTables) : StoreQuery(hiddenTables)
{
    private const string Cursor = "DECLARE query NO SCROLL CURSOR FOR ";
    private const string Explain = "EXPLAIN";
    private const string Analyze = "ANALYZE";

    private static readonly string[] Beginnings = ["SELECT", "WITH", "VALUES", "TABLE", Explain];

    private static readonly string[] Selects = Beginnings[..^1];

    public override async Task<(IReadOnlyList<QueryColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows, Truncation Truncation)> RunAsync(
        string sql, QueryLimits limits, CancellationToken cancellationToken)
    {
        var statement = Only(sql);
        var isExplain = IsExplain(statement);
        var words = SqlWords.Of(statement);
        CheckCatalogue(words);
        await using var connection = (NpgsqlConnection)await store.OpenAsync(cancellationToken);
        await using var transaction = await ReadOnlyTransaction.BeginAsync(connection, cancellationToken);
        await GuardAsync(connection, limits, cancellationToken);
        await CheckFunctionsAsync(connection, words, cancellationToken);
        await CheckTablesAsync(connection, words, cancellationToken);
        await TakeReadingRoleAsync(connection, cancellationToken);
        try
        {
            if (!isExplain)
            {
                await using var cursor = Alone(connection, Cursor + statement);
                await cursor.ExecuteNonQueryAsync(cancellationToken);
            }

            await using var rows = isExplain
                ? Alone(connection, statement)
                : Alone(connection, string.Create(CultureInfo.InvariantCulture, $"FETCH FORWARD {(long)limits.Rows + 1} FROM query"));
            await using var reader = await rows.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken);
            var columns = RowReading.ColumnsOf(reader);
            var (read, truncation) = await RowReading.ReadAsync(reader, columns, limits, cancellationToken);
            return (columns, read, truncation);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.FeatureNotSupported)
        {
            throw new QueryRefusedException($"A query can only read: {e.MessageText}.", e);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new QueryRefusedException($"A query may not do that: {e.MessageText}.", e);
        }
        catch (PostgresException e) when (!IsStop(e) && !e.IsTransient)
        {
            throw new QueryFailedException(Sentence(e), PositionIn(sql, statement, e.Position - (isExplain ? 0 : Cursor.Length)), e);
        }
    }

    public override bool IsStop(DbException error) => error.SqlState == PostgresErrorCodes.QueryCanceled;

    private static bool IsExplain(string statement)
    {
        var (word, start) = FirstWord(statement);
        if (!Beginnings.Contains(word, StringComparer.OrdinalIgnoreCase))
        {
            throw NotAQuery(word, Beginnings);
        }

        if (!word.Equals(Explain, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        // EXPLAIN (options) is not read here: what follows would have to be found behind them.
        var explained = statement[(start + word.Length)..];
        var (next, at) = FirstWord(explained);
        if (next.Equals(Analyze, StringComparison.OrdinalIgnoreCase))
        {
            (next, _) = FirstWord(explained[(at + next.Length)..]);
        }

        return Selects.Contains(next, StringComparer.OrdinalIgnoreCase) ? true : throw NotAQuery($"EXPLAIN {next}", Beginnings);
    }

    private void CheckCatalogue(IReadOnlySet<string> words)
    {
        foreach (var word in words)
        {
            if (Hidden.Contains(word))
            {
                throw HiddenTable(word);
            }

            if (word.StartsWith("pg_", StringComparison.OrdinalIgnoreCase) || word.StartsWith("_pg_", StringComparison.OrdinalIgnoreCase) || word is "user_mapping_options")
            {
                throw new QueryRefusedException($"A query may not name {word}: what belongs to the server itself cannot be read; information_schema tells about the tables.");
            }
        }
    }

    private static Task<int> GuardAsync(NpgsqlConnection connection, QueryLimits limits, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                SET LOCAL standard_conforming_strings = on;
                SET LOCAL statement_timeout = {Math.Max(1, (long)limits.Time.TotalMilliseconds)};
                SET LOCAL cursor_tuple_fraction = 1
                """),
            parameters: null,
            cancellationToken);

    private static async Task CheckFunctionsAsync(NpgsqlConnection connection, IReadOnlySet<string> words, CancellationToken cancellationToken)
    {
        var unknown = words.Where(word => !AllowedFunctions.OfPostgres.Has(word)).ToArray();
        foreach (var function in await connection.QueryAsync<string>("SELECT proname::text FROM pg_catalog.pg_proc WHERE proname = ANY(@unknown) ORDER BY 1 LIMIT 1", new { unknown }, cancellationToken))
        {
            throw Function(function);
        }
    }

    /// <summary>The hidden tables, all foreign tables, and the views that read one of these.</summary>
    public static async Task<IReadOnlySet<string>> HiddenAsync(DbConnection connection, IReadOnlySet<string> hiddenTables, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<string>(
            """
            WITH RECURSIVE hidden AS (
                SELECT oid FROM pg_catalog.pg_class WHERE relkind = 'f' OR lower(relname) = ANY(@names)
                UNION
                SELECT r.ev_class FROM hidden h
                JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = h.oid AND d.classid = 'pg_catalog.pg_rewrite'::regclass
                JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid)
            SELECT relname::text FROM pg_catalog.pg_class JOIN hidden USING (oid)
            """,
            new { names = hiddenTables.Select(name => name.ToLowerInvariant()).ToArray() },
            cancellationToken)).ToHashSet(StringComparer.Ordinal);

    private async Task CheckTablesAsync(NpgsqlConnection connection, IReadOnlySet<string> words, CancellationToken cancellationToken)
    {
        var hidden = await HiddenAsync(connection, Hidden, cancellationToken);
        if (words.FirstOrDefault(hidden.Contains) is { } table)
        {
            throw HiddenTable(table);
        }
    }

    // An owner or superuser gives up for this transaction what is not needed for reading; who may not, has little to give up.
    private static async Task TakeReadingRoleAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var right = connection.PostgreSqlVersion.Major >= 16 ? "SET" : "MEMBER";
        if (await connection.ScalarAsync<bool>(
            "SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = 'pg_read_all_data' AND pg_catalog.pg_has_role(oid, @right))", new { right }, cancellationToken))
        {
            await connection.ExecuteAsync("SET LOCAL ROLE pg_read_all_data", parameters: null, cancellationToken);
        }
    }

    /// <summary>A command that goes to the server as one statement: more in its text is refused by driver or server, whoever sees it.</summary>
    private static NpgsqlBatch Alone(NpgsqlConnection connection, string sql) => new(connection) { BatchCommands = { new NpgsqlBatchCommand(sql) }, Timeout = 0 };

    private static string Sentence(PostgresException e) => e.Hint is null ? $"{e.MessageText}." : $"{e.MessageText}. {e.Hint}";

    private static int? PositionIn(string sql, string statement, int position) =>
        position > 0 ? sql.IndexOf(statement, StringComparison.Ordinal) + position : null;
}
