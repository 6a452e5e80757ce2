using System.Text.RegularExpressions;

namespace Tradepost.Storage.Embedded;

/// <summary>Tells what a text of SQL does. What is not sure to be a query counts as a write.</summary>
internal static partial class StatementText
{
    private static readonly string[] Queries = ["SELECT", "FROM", "VALUES", "TABLE", "DESCRIBE", "SHOW", "SUMMARIZE"];
    private static readonly string[] Transactions = ["BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT"];

    /// <summary>Null for a text of blanks and comments alone.</summary>
    public static StatementKind? KindOf(string sql)
    {
        var start = Next(sql, 0);
        if (start == sql.Length)
        {
            return null;
        }

        var word = sql.AsSpan(start, SqlLexing.EndOfName(sql, start) - start);
        return HasSeveral(sql, start) ? StatementKind.Several
            : word.IsEmpty || Is(word, "WITH") ? Change().IsMatch(sql) ? StatementKind.Writes : StatementKind.Reads
            : IsOneOf(word, Queries) ? StatementKind.Reads
            : IsOneOf(word, Transactions) ? StatementKind.Transacts
            : Is(word, "PREPARE") ? StatementKind.Prepares
            : Is(word, "EXECUTE") ? StatementKind.Executes
            : StatementKind.Writes;
    }

    private static bool HasSeveral(string sql, int start)
    {
        for (var at = sql.Contains(';', StringComparison.Ordinal) ? start : sql.Length; at < sql.Length;)
        {
            if (sql[at] == ';')
            {
                return Next(sql, at) < sql.Length;
            }

            at = Math.Max(at + 1, SqlLexing.SkipQuoted(sql, at));
        }

        return false;
    }

    /// <summary>Where the next statement begins, past blanks, comments and semicolons; the end of the text where none does.</summary>
    private static int Next(string sql, int at)
    {
        while (at < sql.Length)
        {
            if (char.IsWhiteSpace(sql[at]) || sql[at] == ';')
            {
                at++;
            }
            else if (sql[at] is '-' or '/' && SqlLexing.SkipQuoted(sql, at) is var end && end > at)
            {
                at = end;
            }
            else
            {
                return at;
            }
        }

        return sql.Length;
    }

    private static bool IsOneOf(ReadOnlySpan<char> word, string[] words)
    {
        foreach (var candidate in words)
        {
            if (Is(word, candidate))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Is(ReadOnlySpan<char> word, string candidate) => word.Equals(candidate, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\b(INSERT|UPDATE|DELETE|MERGE)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Change();
}
