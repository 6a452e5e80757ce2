using System.Data.Common;
using Tradepost.Storage.Migrations;

namespace Tradepost.Storage.Queries;

/// <summary>What reading a store's tables with somebody's SQL takes: how it is checked and how it is run.</summary>
internal abstract class StoreQuery(IReadOnlyCollection<string> hiddenTables)
{
    protected IReadOnlySet<string> Hidden { get; } = hiddenTables.ToHashSet(StringComparer.OrdinalIgnoreCase);

    public static StoreQuery Of(Store store, IReadOnlyCollection<string> hiddenTables) => store switch
    {
        DuckDbStore embedded => new DuckDbQuery(embedded, hiddenTables),
        PostgresStore server => new PostgresQuery(server, hiddenTables),
        _ => throw new NotSupportedException($"{store.Description} does not take queries."),
    };

    /// <summary>Checks and runs the statement.</summary>
    public abstract Task<(IReadOnlyList<QueryColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows, Truncation Truncation)> RunAsync(
        string sql, QueryLimits limits, CancellationToken cancellationToken);

    /// <summary>Whether an error only says that the statement was stopped.</summary>
    public abstract bool IsStop(DbException error);

    /// <summary>The one statement of a text, without the semicolon behind it.</summary>
    protected static string Only(string sql)
    {
        if (sql.Contains('\0', StringComparison.Ordinal))
        {
            throw new QueryRefusedException("The query has a zero character in it.");
        }

        var statements = SqlStatements.Split(sql);
        return statements.Count switch
        {
            1 => statements[0],
            0 => throw new QueryRefusedException("The query is empty; give one SELECT statement."),
            _ => throw Several(statements.Count),
        };
    }

    protected static QueryRefusedException Several(int count) =>
        new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The query has {count} statements; give one at a time."));

    protected static QueryRefusedException NotAQuery(string word, IReadOnlyList<string> allowed) => new(
        $"A query begins with {string.Join(", ", allowed.SkipLast(1))} or {allowed[^1]}{(word.Length > 0 ? $", not with {word}" : "")}: nothing can be changed this way.");

    protected static QueryRefusedException HiddenTable(string name) => new($"The table {name} is not open to queries.");

    protected static QueryRefusedException Function(string name) => new($"A query may not call the function {name}.");

    /// <summary>The word that a statement begins with, behind comments and parentheses, and where it begins.</summary>
    protected static (string Word, int Start) FirstWord(string statement)
    {
        var at = 0;
        for (var last = -1; at != last;)
        {
            last = at;
            while (at < statement.Length && (char.IsWhiteSpace(statement[at]) || statement[at] == '('))
            {
                at++;
            }

            at = SqlStatements.SkipComment(statement, at);
        }

        var end = at;
        while (end < statement.Length && (char.IsAsciiLetter(statement[end]) || statement[end] == '_'))
        {
            end++;
        }

        return (statement[at..end], at);
    }
}
