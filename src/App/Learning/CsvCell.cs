using System.Text.RegularExpressions;

namespace Tradepost.App.Learning;

/// <summary>
/// A cell or header of a CSV file that people open: quoted by RFC 4180, and with an apostrophe in front of what a spreadsheet would run
/// as a formula, also behind blanks and quotes and where a semicolon, a tab or a line's end might begin a cell of its own. Numbers stay.
/// </summary>
internal static partial class CsvCell
{
    public static string Of(string text) => Quoted(Guarded(text));

    private static string Guarded(string text)
    {
        if (Number().IsMatch(text))
        {
            return text;
        }

        var guarded = Formula().Replace(text, "'");
        return guarded is ['\t' or '\r' or '\n', ..] ? "'" + guarded : guarded;
    }

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // The last four are full-width forms, which some spreadsheets take for the others.
    [GeneratedRegex("""(?<=\A|[;\t\r\n])(?=[\s"']*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Formula();

    [GeneratedRegex(
        @"\A[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Number();
}
