using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Tradepost.DuckDb;

namespace Tradepost.Storage.Queries;

/// <summary>
/// A query on the embedded store: DuckDB's own parser takes the text apart, every table and function in the tree has to be
/// among the allowed ones, and what remains runs in a read-only transaction. See docs/decisions/0011.
/// </summary>
internal sealed partial class DuckDbQuery(DuckDbStore store, IReadOnlyCollection<string> hiddenTables) : StoreQuery(hiddenTables)
{
    private static readonly string[] Beginnings = ["SELECT", "WITH", "FROM", "VALUES", "TABLE", "DESCRIBE", "SUMMARIZE", "EXPLAIN"];

    public override async Task<(IReadOnlyList<QueryColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows, Truncation Truncation)> RunAsync(
        string sql, QueryLimits limits, CancellationToken cancellationToken)
    {
        var statement = Only(sql);
        var explain = Explain().Match(statement);
        var body = statement[explain.Length..];
        await using var connection = await store.OpenAsync(cancellationToken);
        await using var transaction = await ReadOnlyTransaction.BeginAsync(connection, cancellationToken);
        try
        {
            await CheckAsync(connection, body, sql.IndexOf(statement, StringComparison.Ordinal) + explain.Length, cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = explain.Value + body;
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var columns = RowReading.ColumnsOf(reader);
            var (rows, truncation) = await RowReading.ReadAsync(reader, columns, limits, cancellationToken);
            return (columns, rows, truncation);
        }
        catch (DuckDbException e) when (e.ErrorType != DuckDbErrorType.Interrupt)
        {
            throw new QueryFailedException(Sentence(e.Message), PositionIn(sql, e.Message), e);
        }
    }

    public override bool IsStop(DbException error) => error is DuckDbException { ErrorType: DuckDbErrorType.Interrupt };

    private async Task CheckAsync(DbConnection connection, string statement, int start, CancellationToken cancellationToken)
    {
        var json = await connection.ScalarAsync<string>(
            "SELECT json_serialize_sql($statement::VARCHAR, skip_empty := true, skip_null := true)", new { statement }, cancellationToken);
        var tree = ParsedQuery.Read(json!); // never null for a text
        if (tree.Error is not null)
        {
            var (word, _) = FirstWord(statement);
            throw !Beginnings.Contains(word, StringComparer.OrdinalIgnoreCase) ? NotAQuery(word, Beginnings)
                : tree.ErrorPosition is { } position ? new QueryFailedException(tree.Error, start + position + 1, new DuckDbException(tree.Error))
                : new QueryRefusedException("A query is one SELECT that only reads; this one is more, or something else.");
        }

        if (tree.Statements != 1)
        {
            throw Several(tree.Statements);
        }

        foreach (var function in tree.Functions)
        {
            if (!AllowedFunctions.OfDuckDb.Has(function) && function.Any(c => char.IsLetter(c) || c == '_'))
            {
                throw Function(function);
            }
        }

        foreach (var function in tree.TableFunctions.Where(function => !AllowedFunctions.OfDuckDb.HasTable(function)))
        {
            throw Function(function);
        }

        var readable = await ReadableTables.OfAsync(connection, Hidden, cancellationToken);
        foreach (var table in tree.Tables)
        {
            if (readable.IsHidden(table))
            {
                throw HiddenTable(table.Name);
            }

            if (!tree.Names(table) && !readable.Has(table))
            {
                throw new QueryRefusedException($"There is no table {table} in the store that a query may read; `SHOW TABLES` lists the tables.");
            }
        }
    }

    // "Binder Error: Referenced column "x" not found in FROM clause!\nCandidate bindings: "a"\n\nLINE 1: SELECT x FROM t\n               ^"
    private static string Sentence(string message) => message.Split("\n\n", 2)[0].Replace("\n", " ", StringComparison.Ordinal).Trim();

    /// <summary>Where the caret under the quoted line points to in the text.</summary>
    private static int? PositionIn(string sql, string message)
    {
        var match = Caret().Match(message);
        if (!match.Success)
        {
            return null;
        }

        var (quoted, column) = (match.Groups["line"].Value, match.Groups["caret"].Length - match.Groups["label"].Length);
        var known = quoted.Trim('.');
        var leading = quoted.Length - quoted.TrimStart('.').Length;
        var start = 0;
        for (var line = int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture); line > 1 && start >= 0; line--)
        {
            start = sql.IndexOf('\n', start) + 1;
        }

        var at = known.Length == 0 ? -1 : sql.IndexOf(known, start, StringComparison.Ordinal);
        return at < 0 || column < leading ? null : at + column - leading + 1;
    }

    [GeneratedRegex(@"^(?:\s|--[^\n]*\n|/\*(?:[^*]|\*(?!/))*\*/)*EXPLAIN(?:\s+ANALYZE)?\s+", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Explain();

    [GeneratedRegex(@"(?<label>LINE (?<number>\d+): )(?<line>[^\n]*)\n(?<caret> *)\^", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Caret();
}
