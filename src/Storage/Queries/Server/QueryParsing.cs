using System.Data;
using Npgsql;
using Tradepost.Storage.Queries.Costs;

namespace Tradepost.Storage.Queries.Server;

/// <summary>Has the server take a query apart, checks it, and gives the text that the server makes of it again.</summary>
/// <param name="connection">A connection of the store's own login; nothing of the query runs on it.</param>
internal sealed class QueryParsing(NpgsqlConnection connection, IReadOnlySet<string> hiddenTables, CostLimits costs)
{
    private const string SeveralCommands = "exec_parse_message";
    private const string Standard = "information_schema";
    private const string Scanner = "scanner_yyerror";

    private static readonly string[] Beginnings = ["SELECT", "WITH", "VALUES", "TABLE", "EXPLAIN"];

    /// <summary>Whether the query will run with the login for queries, which sees in lists of tables only what it may read.</summary>
    public bool IsOwnLogin { get; init; }

    public WithheldColumns Withheld { get; init; } = WithheldColumns.None;

    public static string Sentence(PostgresException e) => e.Hint is null ? $"{e.MessageText}." : $"{e.MessageText}. {e.Hint}";

    /// <summary>The checked query, and the names of its columns.</summary>
    /// <param name="start">How many letters of what was typed stand before the text.</param>
    public async Task<(string Text, IReadOnlyList<string> Names)> ParseAsync(
        string body,
        int start,
        TimeSpan time,
        CancellationToken cancellationToken
    )
    {
        if (string.IsNullOrWhiteSpace(body))
        {
            throw Refusals.Empty();
        }

        await connection.ExecuteAsync("BEGIN", null, cancellationToken);
        try
        {
            await connection.ExecuteAsync(
                $"SET LOCAL standard_conforming_strings = on; SET LOCAL statement_timeout = {Math.Max(1, (long)time.TotalMilliseconds)}",
                null,
                cancellationToken
            );
            var names = await DescribeAsync(body, start, cancellationToken);
            var view = await MakeViewAsync(body, names.Count, cancellationToken);
            await CheckAsync(view, cancellationToken);
            await connection.ExecuteAsync("SET LOCAL search_path = pg_catalog", null, cancellationToken);
            var text = await connection.ScalarAsync<string>(
                "SELECT pg_catalog.pg_get_viewdef(@view::oid)",
                new { view = (long)view },
                cancellationToken
            );
            return (text!.TrimEnd().TrimEnd(';'), names); // a view has a text, which ends with one
        }
        finally
        {
            await RollBackAsync();
        }
    }

    private async Task RollBackAsync()
    {
        if (connection.State == ConnectionState.Open)
        {
            await connection.ExecuteAsync("ROLLBACK", null, CancellationToken.None);
        }
    }

    /// <summary>The columns' names, as the server says them of the text alone: this also finds what is wrong, and where.</summary>
    private async Task<IReadOnlyList<string>> DescribeAsync(string body, int start, CancellationToken cancellationToken)
    {
        try
        {
            await using var batch = PostgresQuery.Alone(connection, body);
            await using var reader = await batch.ExecuteReaderAsync(CommandBehavior.SchemaOnly, cancellationToken);
            return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
        }
        catch (PostgresException e) when (e.Routine == SeveralCommands)
        {
            throw Refusals.Several();
        }
        catch (PostgresException)
            when (StoreQuery.WordAt(body) is { Length: > 0 } word && !Beginnings.Contains(word, StringComparer.OrdinalIgnoreCase))
        {
            throw Refusals.NotAQuery(word, Beginnings);
        }
        catch (PostgresException e) when (e.Routine == Scanner && e.MessageText.StartsWith("unterminated", StringComparison.Ordinal))
        {
            throw new QueryRefusedException($"The query has something that does not end: {e.MessageText}.", e);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            throw new QueryRefusedException($"There is no such table in the store that a query may read: {e.MessageText}.", e);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new QueryRefusedException($"A query may not do that: {e.MessageText}.", e);
        }
        catch (PostgresException e) when (e.SqlState != PostgresErrorCodes.QueryCanceled && !e.IsTransient)
        {
            throw new QueryFailedException(Sentence(e), e.Position > 0 ? start + e.Position : null, e);
        }
    }

    private async Task<uint> MakeViewAsync(string body, int columns, CancellationToken cancellationToken)
    {
        var names = columns == 0 ? "" : $"({string.Join(", ", Enumerable.Range(1, columns).Select(i => $"c{i}"))})";
        try
        {
            await using var create = PostgresQuery.Alone(connection, $"CREATE TEMPORARY VIEW tradepost_query {names} AS {body}");
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.SyntaxError)
        {
            throw Refusals.NotAQuery(StoreQuery.WordAt(body), Beginnings);
        }
        catch (PostgresException e)
            when (e.SqlState
                    is PostgresErrorCodes.FeatureNotSupported
                        or PostgresErrorCodes.InsufficientPrivilege
                        or PostgresErrorCodes.UndefinedParameter
                        or PostgresErrorCodes.InvalidTableDefinition
            )
        {
            throw new QueryRefusedException($"A query can only read: {e.MessageText}.", e);
        }
        catch (PostgresException e) when (e.SqlState != PostgresErrorCodes.QueryCanceled && !e.IsTransient)
        {
            throw new QueryFailedException(Sentence(e), position: null, e);
        }

        return (uint)
            await connection.ScalarAsync<long>("SELECT 'pg_temp.tradepost_query'::pg_catalog.regclass::oid::int8", null, cancellationToken);
    }

    private async Task CheckAsync(uint view, CancellationToken cancellationToken)
    {
        var action = await connection.ScalarAsync<string>(
            "SELECT ev_action::text FROM pg_catalog.pg_rewrite WHERE ev_class = @view::oid",
            new { view = (long)view },
            cancellationToken
        );
        var tree = PostgresTree.Read(action!, view); // a view has one rule
        var functions = await FunctionsAsync(tree, cancellationToken);
        var tables = await TablesAsync(tree, cancellationToken);
        await CheckColumnsAsync(tree, tables, cancellationToken);
        var widths = new Dictionary<TableName, TableWidths>();
        foreach (var (id, name) in tables)
        {
            widths[name] = await WidthsAsync(id, cancellationToken);
        }

        new Estimate(AllowedFunctions.OfPostgres, costs, widths).Check(new PostgresTerms(functions, tables, view).Of(tree.Root));
    }

    private async Task<Dictionary<uint, string>> FunctionsAsync(PostgresTree tree, CancellationToken cancellationToken)
    {
        var found = await connection.ReadAsync(
            "SELECT oid::int8, proname::text, pronamespace = 'pg_catalog'::pg_catalog.regnamespace FROM pg_catalog.pg_proc WHERE oid IN "
                + $"({Ids(tree.Called.Concat(tree.Implied))})",
            reader => (Id: (uint)reader.GetInt64(0), Name: reader.GetString(1), IsOfTheServer: reader.GetBoolean(2)),
            cancellationToken
        );
        var called = tree.Called.ToHashSet();
        foreach (var function in found)
        {
            if (!function.IsOfTheServer || (called.Contains(function.Id) && !AllowedFunctions.OfPostgres.Has(function.Name)))
            {
                throw Refusals.Function(function.Name);
            }
        }

        return found.ToDictionary(function => function.Id, function => function.Name);
    }

    private async Task<Dictionary<uint, TableName>> TablesAsync(PostgresTree tree, CancellationToken cancellationToken)
    {
        var hidden = await PostgresQuery.HiddenAsync(connection, hiddenTables, cancellationToken);
        if (tree.CommonNames.FirstOrDefault(hidden.Contains) is { } common)
        {
            throw Refusals.HiddenTable(common);
        }

        var found = await connection.ReadAsync(
            "SELECT c.oid::int8, n.nspname::text, c.relname::text FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = "
                + $"c.relnamespace WHERE c.oid IN ({Ids(tree.Tables)})",
            reader => (Id: (uint)reader.GetInt64(0), Name: new TableName(null, reader.GetString(1), reader.GetString(2))),
            cancellationToken
        );
        foreach (var (_, name) in found)
        {
            if (hidden.Contains(name.Name))
            {
                throw Refusals.HiddenTable(name.Name);
            }

            if (IsOfTheServer(name))
            {
                throw new QueryRefusedException(
                    $"A query may not name {name.Name}: what belongs to the server itself cannot be read; information_schema tells about "
                        + "the tables."
                );
            }

            if (name.Schema == Standard && !IsOwnLogin)
            {
                throw new QueryRefusedException(
                    "information_schema can be read once there is a login for queries, which sees what it may read and nothing else: run "
                        + "`tradepost db setup`."
                );
            }
        }

        return found.ToDictionary(table => table.Id, table => table.Name);
    }

    /// <summary>The server says of each table which columns a query reads; of a view over a withheld column nothing may be read.</summary>
    private async Task CheckColumnsAsync(PostgresTree tree, Dictionary<uint, TableName> tables, CancellationToken cancellationToken)
    {
        if (Withheld.Tables.Count == 0)
        {
            return;
        }

        var withheld = await connection.ReadAsync(
            """
            WITH RECURSIVE named AS (
                SELECT c.oid, a.attnum, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
                  AND a.attnum > 0 AND NOT a.attisdropped
                WHERE c.relname || '.' || a.attname = ANY(@columns)
                UNION
                SELECT r.ev_class, a.attnum, n.relname FROM named n
                JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = n.oid
                  AND d.refobjsubid = n.attnum AND d.classid = 'pg_catalog.pg_rewrite'::regclass
                JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid
                JOIN pg_catalog.pg_attribute a ON a.attrelid = r.ev_class AND a.attnum > 0)
            SELECT oid::int8, attnum::int4, relname::text FROM named
            """,
            new { columns = Withheld.Tables.SelectMany(table => Withheld.Of(table).Select(column => $"{table}.{column}")).ToArray() },
            reader => (Table: (uint)reader.GetInt64(0), Column: reader.GetInt32(1), Name: reader.GetString(2)),
            cancellationToken
        );
        foreach (var (table, column) in tree.Columns)
        {
            if (
                withheld.FirstOrDefault(one => one.Table == table && (one.Column == column || column == 0)) is { Name: { } name }
                && tables.ContainsKey(table)
            )
            {
                throw Withheld.Refusal(name);
            }
        }
    }

    private static bool IsOfTheServer(TableName name) =>
        name.Schema!.StartsWith("pg_", StringComparison.Ordinal) // a table of PostgreSQL has one
        || (name.Schema == Standard && (name.Name.StartsWith('_') || name.Name.StartsWith("user_mapping", StringComparison.Ordinal)));

    /// <summary>PostgreSQL does not keep how long a text is at most; these are generous for what a warehouse holds.</summary>
    private async Task<TableWidths> WidthsAsync(uint table, CancellationToken cancellationToken)
    {
        var columns = await connection.ReadAsync(
            "SELECT attname::text, typlen::int8, atttypid = 'bytea'::pg_catalog.regtype, atttypid = 'numeric'::pg_catalog.regtype FROM "
                + $"pg_catalog.pg_attribute JOIN pg_catalog.pg_type t ON t.oid = atttypid WHERE attrelid = {table} AND attnum > 0 AND "
                + "NOT attisdropped",
            reader =>
                (
                    Name: reader.GetString(0),
                    Bytes: reader.GetInt64(1) > 0 ? Measure.NumberBytes
                    : reader.GetBoolean(3) ? 40
                    : reader.GetBoolean(2) ? 1 << 20
                    : 1 << 14
                ),
            cancellationToken
        );
        return new TableWidths(
            columns.ToDictionary(column => column.Name, column => (double)column.Bytes, StringComparer.OrdinalIgnoreCase),
            1
        );
    }

    private static string Ids(IEnumerable<uint> ids) => string.Join(", ", ids.Prepend(0U).Select(id => id.ToString()));
}
