using System.Globalization;
using System.Text.RegularExpressions;

namespace Tradepost.Storage.Queries.Embedded;

/// <summary>DuckDB's messages as one sentence, and the place they point to.</summary>
internal static partial class DuckDbErrors
{
    // "Binder Error: Referenced column "x" not found in FROM clause!\nCandidate bindings: "a"\n\nLINE 1: SELECT x FROM t\n               ^"
    public static string Sentence(string message) => message.Split("\n\n", 2)[0].Replace("\n", " ", StringComparison.Ordinal).Trim();

    /// <summary>Where the caret under the quoted line points to in the text.</summary>
    public static int? PositionIn(string sql, string message)
    {
        var match = Caret().Match(message);
        if (!match.Success)
        {
            return null;
        }

        var (quoted, column) = (match.Groups["line"].Value, match.Groups["caret"].Length - match.Groups["label"].Length);
        var known = quoted.Trim('.');
        var leading = quoted.Length - quoted.TrimStart('.').Length;
        var start = 0;
        for (var line = int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture); line > 1 && start >= 0; line--)
        {
            start = sql.IndexOf('\n', start) + 1;
        }

        var at = known.Length == 0 ? -1 : sql.IndexOf(known, start, StringComparison.Ordinal);
        return at < 0 || column < leading ? null : at + column - leading + 1;
    }

    [GeneratedRegex(
        @"(?<label>LINE (?<number>\d+): )(?<line>[^\n]*)\n(?<caret> *)\^",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Caret();
}
