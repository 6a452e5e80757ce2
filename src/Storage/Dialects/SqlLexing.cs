namespace Tradepost.Storage.Dialects;

/// <summary>The little of the stores' lexers that one has to know to leave literals, quoted names and comments alone.</summary>
internal static class SqlLexing
{
    /// <summary>The end of the literal, quoted identifier or comment that starts here; the same position where none starts.</summary>
    public static int SkipQuoted(string sql, int at) =>
        sql[at] switch
        {
            '\'' => EndOfQuoted(sql, at, '\'', escapes: at > 0 && sql[at - 1] is 'e' or 'E' && (at < 2 || !IsNamePart(sql[at - 2]))),
            '"' => EndOfQuoted(sql, at, '"', escapes: false),
            '-' when Follows(sql, at, "--") => EndOfLine(sql, at),
            '/' when Follows(sql, at, "/*") => EndOfComment(sql, at),
            '$' when at == 0 || !IsNamePart(sql[at - 1]) => EndOfDollarQuoted(sql, at),
            _ => at,
        };

    public static int EndOfName(string sql, int at)
    {
        while (at < sql.Length && IsNamePart(sql[at]))
        {
            at++;
        }

        return at;
    }

    private static int EndOfQuoted(string sql, int at, char quote, bool escapes)
    {
        for (var i = at + 1; i < sql.Length; i++)
        {
            if (escapes && sql[i] == '\\')
            {
                i++;
            }
            else if (sql[i] == quote && i + 1 < sql.Length && sql[i + 1] == quote)
            {
                i++;
            }
            else if (sql[i] == quote)
            {
                return i + 1;
            }
        }

        return sql.Length;
    }

    private static int EndOfLine(string sql, int at)
    {
        var end = sql.AsSpan(at).IndexOfAny('\n', '\r');
        return end < 0 ? sql.Length : at + end;
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
                {
                    return i + 1;
                }
            }
        }

        return sql.Length;
    }

    private static int EndOfDollarQuoted(string sql, int at)
    {
        var tagEnd = at + 1;
        if (tagEnd < sql.Length && !char.IsAsciiDigit(sql[tagEnd]))
        {
            tagEnd = EndOfName(sql, tagEnd);
        }

        if (tagEnd >= sql.Length || sql[tagEnd] != '$')
        {
            return at;
        }

        var tag = sql[at..(tagEnd + 1)];
        return Math.Min(sql.Length, IndexOrEnd(sql, tag, tagEnd + 1) + tag.Length);
    }

    private static int IndexOrEnd(string sql, string text, int from)
    {
        var index = sql.IndexOf(text, from, StringComparison.Ordinal);
        return index < 0 ? sql.Length : index;
    }

    private static bool Follows(string sql, int at, string text) => string.CompareOrdinal(sql, at, text, 0, text.Length) == 0;

    private static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c == '_';
}
