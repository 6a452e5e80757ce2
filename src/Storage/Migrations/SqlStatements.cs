namespace Tradepost.Storage.Migrations;

/// <summary>
/// Splits SQL text at its semicolons, leaving those inside strings, quoted names, dollar quotes and comments alone.
/// The bodies of SQL-standard functions (BEGIN ATOMIC … END) are not understood; such functions are written in dollar quotes.
/// </summary>
public static class SqlStatements
{
    /// <summary>The statements of a text, in order, without their semicolons; what is only comment is none.</summary>
    public static IReadOnlyList<string> Split(string sql)
    {
        var statements = new List<string>();
        var start = 0;
        var hasContent = false;
        for (var i = 0; i < sql.Length; )
        {
            if (sql[i] == ';')
            {
                Add(i);
                start = ++i;
                hasContent = false;
                continue;
            }

            var end = SkipComment(sql, i);
            if (end == i)
            {
                hasContent |= !char.IsWhiteSpace(sql[i]);
                end = SkipQuoted(sql, i);
            }

            i = end;
        }

        Add(sql.Length);
        return statements;

        void Add(int end)
        {
            if (hasContent)
            {
                statements.Add(sql[start..end].Trim());
            }
        }
    }

    /// <summary>The index behind a comment that starts here, or the index itself.</summary>
    internal static int SkipComment(string sql, int i)
    {
        if (Is(sql, i, "--"))
        {
            var end = sql.IndexOf('\n', i);
            return end < 0 ? sql.Length : end + 1;
        }

        if (!Is(sql, i, "/*"))
        {
            return i;
        }

        var depth = 0;
        do
        {
            (depth, i) =
                Is(sql, i, "/*") ? (depth + 1, i + 2)
                : Is(sql, i, "*/") ? (depth - 1, i + 2)
                : (depth, i + 1);
        } while (depth > 0 && i < sql.Length);
        return i;
    }

    /// <summary>The index behind a quoted text that starts here, or behind the one character.</summary>
    private static int SkipQuoted(string sql, int i)
    {
        if (sql[i] is '\'' or '"')
        {
            var escapes = sql[i] == '\'' && i > 0 && sql[i - 1] is 'e' or 'E' && (i < 2 || !IsNameCharacter(sql[i - 2]));
            return SkipToQuote(sql, i + 1, sql[i], escapes);
        }

        if (sql[i] != '$' || (i > 0 && IsNameCharacter(sql[i - 1])))
        {
            return i + 1;
        }

        var tagEnd = i + 1;
        while (tagEnd < sql.Length && IsNameCharacter(sql[tagEnd]))
        {
            tagEnd++;
        }

        if (tagEnd >= sql.Length || sql[tagEnd] != '$' || char.IsDigit(sql[i + 1]))
        {
            return i + 1;
        }

        var tag = sql[i..(tagEnd + 1)];
        var close = sql.IndexOf(tag, tagEnd + 1, StringComparison.Ordinal);
        return close < 0 ? sql.Length : close + tag.Length;
    }

    // A doubled quote inside a text is read as the end of one text and the start of the next, which comes to the same.
    private static int SkipToQuote(string sql, int i, char quote, bool escapes)
    {
        while (i < sql.Length && sql[i] != quote)
        {
            i += escapes && sql[i] == '\\' ? 2 : 1;
        }

        return Math.Min(i + 1, sql.Length);
    }

    private static bool IsNameCharacter(char c) => char.IsLetterOrDigit(c) || c == '_';

    private static bool Is(string sql, int i, string text) => string.CompareOrdinal(sql, i, text, 0, text.Length) == 0;
}
