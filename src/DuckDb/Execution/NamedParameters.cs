using System.Text;

namespace Tradepost.DuckDb.Execution;

/// <summary>Rewrites <c>@name</c> to DuckDB's <c>$name</c> outside of literals, quoted identifiers and comments.</summary>
/// <remarks>Only names that are parameters are touched, because DuckDB also has <c>@</c> as an operator (absolute value).</remarks>
internal static class NamedParameters
{
    public static string Rewrite(string sql, DuckDbParameterCollection parameters)
    {
        if (parameters.Count == 0 || !sql.Contains('@', StringComparison.Ordinal))
            return sql;
        var rewritten = new StringBuilder(sql);
        for (var at = 0; at < sql.Length;)
        {
            var end = SkipQuoted(sql, at);
            if (end > at)
            {
                at = end;
                continue;
            }
            if (sql[at] == '@')
            {
                end = EndOfName(sql, at + 1);
                if (end > at + 1 && parameters.IndexOf(sql[(at + 1)..end]) >= 0)
                    rewritten[at] = '$';
            }
            at = Math.Max(end, at + 1);
        }
        return rewritten.ToString();
    }

    /// <summary>The end of the literal, quoted identifier or comment that starts here; the same position where none starts.</summary>
    private static int SkipQuoted(string sql, int at) => sql[at] switch
    {
        '\'' => EndOfQuoted(sql, at, '\'', escapes: at > 0 && sql[at - 1] is 'e' or 'E' && (at < 2 || !IsNamePart(sql[at - 2]))),
        '"' => EndOfQuoted(sql, at, '"', escapes: false),
        '-' when Follows(sql, at, "--") => IndexOrEnd(sql, "\n", at),
        '/' when Follows(sql, at, "/*") => EndOfComment(sql, at),
        '$' when at == 0 || !IsNamePart(sql[at - 1]) => EndOfDollarQuoted(sql, at),
        _ => at,
    };

    private static int EndOfQuoted(string sql, int at, char quote, bool escapes)
    {
        for (var i = at + 1; i < sql.Length; i++)
        {
            if (escapes && sql[i] == '\\')
                i++;
            else if (sql[i] == quote && i + 1 < sql.Length && sql[i + 1] == quote)
                i++;
            else if (sql[i] == quote)
                return i + 1;
        }
        return sql.Length;
    }

    private static int EndOfComment(string sql, int at)
    {
        var depth = 0;
        for (var i = at; i < sql.Length - 1; i++)
        {
            if (Follows(sql, i, "/*"))
            {
                depth++;
                i++;
            }
            else if (Follows(sql, i, "*/"))
            {
                i++;
                if (--depth == 0)
                    return i + 1;
            }
        }
        return sql.Length;
    }

    private static int EndOfDollarQuoted(string sql, int at)
    {
        var tagEnd = at + 1;
        if (tagEnd < sql.Length && !char.IsAsciiDigit(sql[tagEnd]))
            tagEnd = EndOfName(sql, tagEnd);
        if (tagEnd >= sql.Length || sql[tagEnd] != '$')
            return at;
        var tag = sql[at..(tagEnd + 1)];
        return Math.Min(sql.Length, IndexOrEnd(sql, tag, tagEnd + 1) + tag.Length);
    }

    private static int EndOfName(string sql, int at)
    {
        while (at < sql.Length && IsNamePart(sql[at]))
            at++;
        return at;
    }

    private static int IndexOrEnd(string sql, string text, int from)
    {
        var index = sql.IndexOf(text, from, StringComparison.Ordinal);
        return index < 0 ? sql.Length : index;
    }

    private static bool Follows(string sql, int at, string text) => string.CompareOrdinal(sql, at, text, 0, text.Length) == 0;

    private static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c == '_';
}
