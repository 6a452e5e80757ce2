using Tradepost.Storage.Dialects;

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

            var end = SqlLexing.SkipQuoted(sql, i);
            var isComment = end > i && sql[i] is '-' or '/';
            hasContent |= !isComment && !char.IsWhiteSpace(sql[i]);
            i = Math.Max(end, i + 1);
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
}
