using System.Globalization;
using System.Text.RegularExpressions;

namespace Tradepost.Marketplace.Loading;

/// <summary>The day that a file's name says: <c>offers_2025-10-04.csv</c>, <c>scrape_4.10.25.csv</c>, <c>20251004.csv</c>.</summary>
internal static partial class FileDay
{
    private const int Century = 2000;
    private const int ShortYear = 100;

    /// <summary>The day; null where the name says none.</summary>
    public static DateOnly? Of(string name)
    {
        foreach (var match in Day().Matches(name).Cast<Match>())
        {
            var (year, month, day) = (Number(match, "year"), Number(match, "month"), Number(match, "day"));
            year += year < ShortYear ? Century : 0;
            if (month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month))
            {
                return new DateOnly(year, month, day);
            }
        }

        return null;
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"(?<!\d)(?:(?<year>20\d\d)(?<sign>[-_.]?)(?<month>\d\d)\k<sign>(?<day>\d\d)|(?<day>\d{1,2})(?<sign>[-_.])(?<month>\d{1,2})\k<sign>(?<year>20\d\d|\d\d))(?!\d)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Day();
}
