using System.Text;
using DuckDB.NET.Data;

namespace Tradepost.Storage.Embedded;

/// <summary>Rewrites <c>@name</c> to DuckDB's <c>$name</c> outside of literals, quoted identifiers and comments.</summary>
/// <remarks>Only names that are parameters are touched, because DuckDB also has <c>@</c> as an operator (absolute value).</remarks>
internal static class NamedParameters
{
    public static string Rewrite(string sql, DuckDBParameterCollection parameters)
    {
        if (parameters.Count == 0 || !sql.Contains('@', StringComparison.Ordinal))
        {
            return sql;
        }

        var rewritten = new StringBuilder(sql);
        for (var at = 0; at < sql.Length;)
        {
            var end = SqlLexing.SkipQuoted(sql, at);
            if (end > at)
            {
                at = end;
                continue;
            }

            if (sql[at] == '@')
            {
                end = SqlLexing.EndOfName(sql, at + 1);
                if (end > at + 1 && Has(parameters, sql.AsSpan(at + 1, end - at - 1)))
                {
                    rewritten[at] = '$';
                }
            }

            at = Math.Max(end, at + 1);
        }

        return rewritten.ToString();
    }

    /// <summary>A parameter's name as the native library has it; <c>$</c>, <c>@</c> or <c>:</c> before it is optional.</summary>
    public static string Bare(string name) => name is ['$' or '@' or ':', ..] ? name[1..] : name;

    private static bool Has(DuckDBParameterCollection parameters, ReadOnlySpan<char> name)
    {
        for (var i = 0; i < parameters.Count; i++)
        {
            if (name.Equals(Bare(parameters[i].ParameterName), StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
