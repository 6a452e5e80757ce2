using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DuckDB.NET.Native;
using Tradepost.Storage.Embedded;
using Tradepost.Storage.Queries.Costs;

namespace Tradepost.Storage.Queries.Embedded;

/// <summary>
/// A query on the embedded store: DuckDB's own parser takes the text apart, every table and function in the tree has to be among the
/// allowed ones, what it could come to is worked out, and the very text that was taken apart runs in a read-only transaction. Where
/// something is put in front of it or in its place, DuckDB makes the text from the tree. See docs/decisions/0021.
/// </summary>
internal sealed class DuckDbQuery(DuckDbStore store, IReadOnlyCollection<string> hiddenTables) : StoreQuery(hiddenTables)
{
    private const string Nanoseconds = "TIMESTAMP_NS";
    private const int Depth = 900;

    /// <summary>How often a query runs that finds no memory because of others: beside them, then alone.</summary>
    private const int Trials = 4;

    private static readonly TimeSpan BetweenTrials = TimeSpan.FromMilliseconds(100);

    /// <summary>Two threads, each with a vector of 2,048 rows.</summary>
    private static readonly CostLimits Costs = new() { RowsAtOnce = 4096 };

    private static readonly string[] Beginnings = ["SELECT", "WITH", "FROM", "VALUES", "TABLE", "DESCRIBE", "SUMMARIZE", "EXPLAIN"];

    public override async Task<QueryRows> RunAsync(
        string sql,
        QueryLimits limits,
        WithheldColumns withheld,
        CancellationToken cancellationToken
    )
    {
        for (var trial = 1; ; trial++)
        {
            using var watched =
                trial == 1
                    ? await MemoryGuard.Shared.EnterAsync(cancellationToken)
                    : await MemoryGuard.Shared.EnterAloneAsync(cancellationToken); // whose memory it was shows when it runs alone
            try
            {
                return await RunAsync(watched, sql, limits, withheld);
            }
            catch (Exception e) when (trial < Trials && MayBeOfOthers(e, watched))
            {
                // The memory that was missing was not the query's own, as far as can be told.
            }

            await Task.Delay(BetweenTrials * trial, TimeProvider.System, cancellationToken);
        }
    }

    public override bool IsStop(DbException error) => error is EmbeddedException { ErrorType: DuckDBErrorType.Interrupt };

    private static bool MayBeOfOthers(Exception failure, WatchedQuery watched) =>
        (watched.IsOver && (watched.HadCompany || watched.MadeRoom))
        || (IsOutOfMemory(failure) && (watched.HadCompany || failure is not QueryFailedException)); // before anything of the query ran

    private static bool IsOutOfMemory(Exception failure) =>
        (failure as EmbeddedException ?? failure.InnerException) is EmbeddedException { ErrorType: DuckDBErrorType.OutOfMemory };

    private async Task<QueryRows> RunAsync(WatchedQuery watched, string sql, QueryLimits limits, WithheldColumns withheld)
    {
        var (explain, body) = Explained(sql);
        await using var connection = (EmbeddedConnection)await store.OpenAsync(watched.Token);
        connection.MakeRoom = null; // it would stop itself
        connection.RunsOnCaller = true; // the check is many short statements
        await using var transaction = await ReadOnlyTransaction.BeginAsync(connection, watched.Token);
        try
        {
            var checkedText = await CheckedAsync(connection, body, sql.Length - body.Length, explain.Length > 0, withheld, watched.Token);
            connection.RunsOnCaller = false;
            return await ReadAsync(connection, explain + checkedText, limits, watched.Token);
        }
        catch (Exception e) when (watched.IsOver && (e is OperationCanceledException || (e is DbException error && IsStop(error))))
        {
            throw Refusals.TooMuchMemory(e);
        }
        catch (EmbeddedException e) when (e.ErrorType != DuckDBErrorType.Interrupt)
        {
            throw new QueryFailedException(DuckDbErrors.Sentence(e.Message), DuckDbErrors.PositionIn(sql, e.Message), e);
        }
    }

    private static async Task<QueryRows> ReadAsync(
        DbConnection connection,
        string sql,
        QueryLimits limits,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        var reader = await command.ExecuteReaderAsync(cancellationToken);
        try
        {
            var columns = RowReading.ColumnsOf(reader);
            if (columns.Any(column => column.Type == Nanoseconds))
            {
                await reader.DisposeAsync();
                command.CommandText = await WithTextsAsync(connection, sql, columns, cancellationToken);
                reader = await command.ExecuteReaderAsync(cancellationToken);
            }

            return await RowReading.ReadAsync(reader, columns, limits, cancellationToken);
        }
        finally
        {
            await reader.DisposeAsync();
        }
    }

    /// <summary>The same query with its nanoseconds as texts: DuckDB.NET reads them without the last two digits.</summary>
    private static async Task<string> WithTextsAsync(
        DbConnection connection,
        string sql,
        IReadOnlyList<QueryColumn> columns,
        CancellationToken cancellationToken
    )
    {
        var plain = await connection.ScalarAsync<string>(
            "SELECT json_deserialize_sql(json_serialize_sql($sql::VARCHAR))",
            new { sql },
            cancellationToken
        );
        var values = columns.Select(
            (column, i) =>
                column.Type == Nanoseconds
                    ? FormattableString.Invariant($"replace(CAST(c{i} AS VARCHAR), ' ', 'T')")
                    : FormattableString.Invariant($"c{i}")
        );
        var names = columns.Select((_, i) => FormattableString.Invariant($"c{i}"));
        return $"SELECT {string.Join(", ", values)} FROM ({plain!.TrimEnd(';')}) AS given " + $"({string.Join(", ", names)})"; // never null for a text
    }

    /// <summary>The text that runs: the one that was checked, or what DuckDB makes of its tree.</summary>
    private async Task<string> CheckedAsync(
        DbConnection connection,
        string body,
        int start,
        bool isExplained,
        WithheldColumns withheld,
        CancellationToken cancellationToken
    )
    {
        var tree = await ParseAsync(connection, body, start, cancellationToken);
        var readable = await ReadableTables.OfAsync(connection, Hidden, cancellationToken);
        Check(tree, readable);
        CheckColumns(tree, readable, withheld);
        var tables = await TableWidthReading.OfAsync(connection, tree.Tables, cancellationToken);
        new Estimate(AllowedFunctions.OfDuckDb, Costs, tables).Check(tree.Root);
        return await RewrittenAsync(connection, body, isExplained, readable, cancellationToken) ?? body;
    }

    /// <summary>What DuckDB makes of the tree, where something is put in front of the text or in the place of a part of it.</summary>
    private static async Task<string?> RewrittenAsync(
        DbConnection connection,
        string text,
        bool isExplained,
        ReadableTables readable,
        CancellationToken cancellationToken
    )
    {
        if (!isExplained && readable.HiddenHere.Count == 0)
        {
            return null;
        }

        var json = await connection.ScalarAsync<string>("SELECT json_serialize_sql($text::VARCHAR)", new { text }, cancellationToken);
        var tree = JsonNode.Parse(json!, documentOptions: new JsonDocumentOptions { MaxDepth = Depth })!; // the text was parsed before
        var hasLists = await new CatalogueLists(connection, readable.Shown).ReplaceAsync(tree, cancellationToken);
        return isExplained || hasLists
            ? await connection.ScalarAsync<string>(
                "SELECT json_deserialize_sql($tree::JSON)",
                new { tree = tree.ToJsonString(new JsonSerializerOptions { MaxDepth = Depth }) },
                cancellationToken
            )
            : null;
    }

    private static async Task<DuckDbTree> ParseAsync(DbConnection connection, string text, int start, CancellationToken cancellationToken)
    {
        var json = await connection.ScalarAsync<string>(
            "SELECT json_serialize_sql($text::VARCHAR, skip_empty := true, skip_null := true)",
            new { text },
            cancellationToken
        );
        var root = Parsed(json!); // never null for a text
        var statements = root.GetProperty("error").GetBoolean() ? throw Wrong(root, text, start) : root.GetProperty("statements");
        return statements.GetArrayLength() == 1 ? DuckDbTree.Read(statements[0]) : throw Refusals.Several(statements.GetArrayLength());
    }

    private static JsonElement Parsed(string json)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = Depth }).RootElement;
        }
        catch (JsonException e)
        {
            throw Refusals.TooDeep(e);
        }
    }

    private static Exception Wrong(JsonElement root, string text, int start)
    {
        var (message, word) = (root.GetProperty("error_message").GetString()!, WordAt(text)); // an error has one
        return string.IsNullOrWhiteSpace(text) ? Refusals.Empty()
            : root.TryGetProperty("position", out var position)
            && (word.Length == 0 || Beginnings.Contains(word, StringComparer.OrdinalIgnoreCase))
                ? new QueryFailedException(
                    message,
                    start + int.Parse(position.GetString()!, CultureInfo.InvariantCulture) + 1,
                    new EmbeddedException(message, DuckDBErrorType.Parser)
                )
            : Refusals.NotAQuery(word, Beginnings);
    }

    private static void Check(DuckDbTree tree, ReadableTables readable)
    {
        if (
            tree.Functions.FirstOrDefault(name => !AllowedFunctions.OfDuckDb.Has(name) && name.Any(c => char.IsLetter(c) || c == '_')) is
            { } function
        )
        {
            throw Refusals.Function(function);
        }

        if (tree.TableFunctions.FirstOrDefault(name => !AllowedFunctions.OfDuckDb.HasTable(name)) is { } tableFunction)
        {
            throw Refusals.Function(tableFunction);
        }

        if (tree.CommonNames.FirstOrDefault(name => readable.IsHidden(name) || readable.IsOfTheSystem(name)) is { } common)
        {
            throw new QueryRefusedException($"WITH gives the name {common}, which is one of the store's own; choose another.");
        }

        foreach (var table in tree.Tables)
        {
            if (readable.IsHidden(table.Name))
            {
                throw Refusals.HiddenTable(table.Name);
            }

            if (!readable.Has(table))
            {
                throw new QueryRefusedException(
                    $"There is no table {table} in the store that a query may read; `SHOW TABLES` lists the tables."
                );
            }
        }
    }

    private static void CheckColumns(DuckDbTree tree, ReadableTables readable, WithheldColumns withheld)
    {
        foreach (
            var name in tree
                .Tables.SelectMany(table => withheld.Tables.Where(of => readable.Reads(table.Name, of)))
                .Distinct(StringComparer.OrdinalIgnoreCase)
        )
        {
            if (tree.ReadsUnnamed || withheld.Of(name).Any(tree.Columns.Contains))
            {
                throw withheld.Refusal(name);
            }
        }
    }
}
