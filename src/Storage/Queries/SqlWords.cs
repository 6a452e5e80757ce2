using System.Text;

namespace Tradepost.Storage.Queries;

/// <summary>The words of a SQL text outside of texts and comments: keywords and names, as PostgreSQL reads them.</summary>
internal static class SqlWords
{
    /// <summary>Each word once: unquoted ones in small letters, quoted ones as they are.</summary>
    /// <exception cref="QueryRefusedException">A name is written in a way that hides which one it is.</exception>
    public static IReadOnlySet<string> Of(string sql)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < sql.Length;)
        {
            i = Next(sql, i, words);
        }

        return words;
    }

    private static int Next(string sql, int i, HashSet<string> words) => sql[i] switch
    {
        '-' when Follows(sql, i, "--") => sql.AsSpan(i).IndexOfAny('\n', '\r') is >= 0 and var length ? i + length : sql.Length,
        '/' when Follows(sql, i, "/*") => EndOfComment(sql, i),
        '\'' => EndOfText(sql, i + 1, hasEscapes: false),
        '"' => QuotedName(sql, i + 1, words),
        '$' => EndOfDollarText(sql, i),
        var c when IsNameStart(c) => Word(sql, i, words),
        _ => i + 1,
    };

    private static int Word(string sql, int i, HashSet<string> words)
    {
        var end = EndOfName(sql, i);
        var prefix = sql[i..end];
        if (end < sql.Length && sql[end] == '\'' && prefix is "e" or "E")
        {
            return EndOfText(sql, end + 1, hasEscapes: true);
        }

        if (prefix is "u" or "U" && Follows(sql, end, "&\""))
        {
            throw new QueryRefusedException("Names in the form U&\"…\" are not allowed in a query; write the letters themselves.");
        }

        words.Add(prefix.ToLowerInvariant());
        return end;
    }

    private static int QuotedName(string sql, int i, HashSet<string> words)
    {
        var name = new StringBuilder();
        for (; i < sql.Length; i++)
        {
            if (sql[i] == '"' && !Follows(sql, i, "\"\""))
            {
                break;
            }

            i += sql[i] == '"' ? 1 : 0;
            name.Append(sql[i]);
        }

        words.Add(name.ToString());
        return i + 1;
    }

    private static int EndOfText(string sql, int i, bool hasEscapes)
    {
        // A doubled quote is read as the end of one text and the beginning of the next, which comes to the same; not so with escapes.
        while (i < sql.Length && (sql[i] != '\'' || (hasEscapes && Follows(sql, i, "''"))))
        {
            i += (hasEscapes && sql[i] == '\\') || sql[i] == '\'' ? 2 : 1;
        }

        return i + 1;
    }

    private static int EndOfComment(string sql, int i)
    {
        var depth = 0;
        do
        {
            (depth, i) = Follows(sql, i, "/*") ? (depth + 1, i + 2) : Follows(sql, i, "*/") ? (depth - 1, i + 2) : (depth, i + 1);
        }
        while (depth > 0 && i < sql.Length);
        return i;
    }

    private static int EndOfDollarText(string sql, int i)
    {
        var tagEnd = i + 1;
        while (tagEnd < sql.Length && sql[tagEnd] != '$' && IsNamePart(sql[tagEnd]))
        {
            tagEnd++;
        }

        if (tagEnd >= sql.Length || sql[tagEnd] != '$' || char.IsAsciiDigit(sql[i + 1]))
        {
            return i + 1;
        }

        var tag = sql[i..(tagEnd + 1)];
        var close = sql.IndexOf(tag, tagEnd + 1, StringComparison.Ordinal);
        return close < 0 ? sql.Length : close + tag.Length;
    }

    private static int EndOfName(string sql, int i)
    {
        while (i < sql.Length && IsNamePart(sql[i]))
        {
            i++;
        }

        return i;
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_' || c >= 0x80;

    private static bool IsNamePart(char c) => IsNameStart(c) || char.IsAsciiDigit(c) || c == '$';

    private static bool Follows(string sql, int i, string text) => string.CompareOrdinal(sql, i, text, 0, text.Length) == 0;
}
