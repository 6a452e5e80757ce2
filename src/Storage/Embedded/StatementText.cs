using System.Text.RegularExpressions;
using Tradepost.Storage.Dialects;

namespace Tradepost.Storage.Embedded;

/// <summary>Tells what a text of SQL does. What is not sure to be a query counts as a write.</summary>
internal static partial class StatementText
{
    private static readonly string[] Queries = ["SELECT", "FROM", "VALUES", "TABLE", "DESCRIBE", "SHOW", "SUMMARIZE"];
    private static readonly string[] Transactions = ["BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT"];

    /// <summary>The kind of each statement; none for a text of blanks and comments alone.</summary>
    public static IReadOnlyList<StatementKind> KindsOf(string sql)
    {
        var kinds = new List<StatementKind>(1);
        for (var start = Next(sql, 0); start < sql.Length; )
        {
            var end = EndOf(sql, start);
            kinds.Add(KindOf(sql, start, end));
            start = Next(sql, end);
        }

        return kinds;
    }

    private static StatementKind KindOf(string sql, int start, int end)
    {
        var word = sql.AsSpan(start, SqlLexing.EndOfName(sql, start) - start);
        return word.IsEmpty || Is(word, "WITH")
            ? Change().IsMatch(sql.AsSpan(start, end - start))
                ? StatementKind.Writes
                : StatementKind.Reads
            : IsOneOf(word, Queries)
                ? StatementKind.Reads
                : IsOneOf(word, Transactions)
                    ? StatementKind.Transacts
                    : Is(word, "PREPARE")
                        ? StatementKind.Prepares
                        : Is(word, "EXECUTE")
                            ? StatementKind.Executes
                            : StatementKind.Writes;
    }

    private static int EndOf(string sql, int start)
    {
        for (var at = sql.IndexOf(';', start) < 0 ? sql.Length : start; at < sql.Length; )
        {
            if (sql[at] == ';')
            {
                return at;
            }

            at = Math.Max(at + 1, SqlLexing.SkipQuoted(sql, at));
        }

        return sql.Length;
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

    [GeneratedRegex(
        @"\b(INSERT|UPDATE|DELETE|MERGE)\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Change();
}
