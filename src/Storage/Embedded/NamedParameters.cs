using System.Text;
using DuckDB.NET.Data;
using Tradepost.Storage.Dialects;

namespace Tradepost.Storage.Embedded;

/// <summary>Rewrites parameters, outside of literals, quoted identifiers and comments, to what DuckDB.NET sends as what they are.</summary>
/// <remarks>
/// <c>@name</c> becomes <c>$name</c>; only names that are parameters, because DuckDB also has <c>@</c> as an operator (absolute value).
/// Numbers with a fraction and times are cast to their own type: DuckDB.NET would make them what they are compared with, 1.5 to 2
/// beside whole numbers and noon to midnight beside dates.
/// </remarks>
internal static class NamedParameters
{
    public static string Rewrite(string sql, DuckDBParameterCollection parameters)
    {
        if (!sql.Contains('@', StringComparison.Ordinal) && !HasTyped(parameters))
        {
            return sql;
        }

        var rewritten = new StringBuilder(sql.Length + 32);
        for (var at = 0; at < sql.Length; )
        {
            var end = SqlLexing.SkipQuoted(sql, at);
            if (
                end == at
                && sql[at] is '@' or '$'
                && Find(parameters, sql.AsSpan(at + 1, SqlLexing.EndOfName(sql, at + 1) - at - 1)) is { } parameter
            )
            {
                end = SqlLexing.EndOfName(sql, at + 1);
                rewritten.Append('$').Append(sql, at + 1, end - at - 1).Append(CastOf(parameter.Value));
            }
            else
            {
                end = Math.Max(end, at + 1);
                rewritten.Append(sql, at, end - at);
            }

            at = end;
        }

        return rewritten.ToString();
    }

    /// <summary>A parameter's name as the native library has it; <c>$</c>, <c>@</c> or <c>:</c> before it is optional.</summary>
    public static string Bare(string name) => name is ['$' or '@' or ':', ..] ? name[1..] : name;

    private static string CastOf(object? value) =>
        value switch
        {
            float or double => "::DOUBLE",
            decimal number => $"::DECIMAL({ExactDecimal.Digits(number)},{number.Scale})",
            DateTime => "::TIMESTAMP",
            _ => "",
        };

    private static bool HasTyped(DuckDBParameterCollection parameters)
    {
        for (var i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].Value is float or double or decimal or DateTime)
            {
                return true;
            }
        }

        return false;
    }

    private static DuckDBParameter? Find(DuckDBParameterCollection parameters, ReadOnlySpan<char> name)
    {
        for (var i = 0; i < parameters.Count && !name.IsEmpty; i++)
        {
            if (name.Equals(Bare(parameters[i].ParameterName), StringComparison.OrdinalIgnoreCase))
            {
                return parameters[i];
            }
        }

        return null;
    }
}
