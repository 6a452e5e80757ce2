using System.Globalization;
using System.Text.RegularExpressions;

namespace Tradepost.Storage.Sources;

/// <summary>
/// Times as ISO 8601 writes them: a day, or a day with hours and minutes, seconds and up to six digits behind them, and a zone (Z or
/// ±hh:mm). Without a zone they are in UTC, whatever the machine's own zone is. Anything else is not guessed at.
/// </summary>
internal static partial class IsoTime
{
    public const string Expected = "a time such as 2026-01-31, 2026-01-31 12:00:00 or 2026-01-31T12:00:00+02:00";

    private static readonly string[] Formats =
    [
        .. new[] { "yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFF" }.SelectMany(form =>
            new[] { form, $"{form}zzz" }
        ),
    ];

    public static bool TryParse(string text, out DateTime utc)
    {
        utc = default;
        if (!Form().IsMatch(text))
        {
            return false;
        }

        var isTime = DateTimeOffset.TryParseExact(
            text.Replace('T', ' ').Replace("Z", "+00:00", StringComparison.Ordinal),
            Formats,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time
        );
        utc = time.UtcDateTime;
        return isTime;
    }

    [GeneratedRegex(
        @"\A[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?(Z|[-+][0-9]{2}:[0-9]{2})?)?\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Form();
}
