using System.Text;
using System.Text.RegularExpressions;
using Tradepost.Storage;
using Tradepost.Storage.Files;

namespace Tradepost.Advertising.Loading;

/// <summary>The days that a report is of, both included.</summary>
internal sealed partial record ReportRange(DateOnly First, DateOnly Last)
{
    private static readonly TimeNotation[] Notations =
    [
        TimeNotation.Iso,
        .. TimeNotation.All.Where(one =>
            one.Name
                is "day.month.year"
                    or "year/month/day"
                    or "day month year with the month's name"
                    or "month day, year with the month's name"
        ),
    ];

    /// <summary>
    /// The range that a line above a header says, such as <c>January 1, 2024 - January 31, 2024</c> or <c>с 01.01.2024 по 31.01.2024</c>; null
    /// where it has no two days, or days that can be read in two ways.
    /// </summary>
    public static ReportRange? Find(string line)
    {
        var days = Day().Matches(line).Select(match => DayOf(match.Value)).OfType<DateOnly>().ToList();
        return days switch
        {
            [var one] => new ReportRange(one, one),
            [var first, var last] when first <= last => new ReportRange(first, last),
            _ => null,
        };
    }

    private static DateOnly? DayOf(string text)
    {
        var cell = Encoding.UTF8.GetBytes(text);
        foreach (var notation in Notations)
        {
            if (notation.TryRead(cell, out var time))
            {
                return Moment.DayOf(Moment.Of(time.Local));
            }
        }

        return null;
    }

    [GeneratedRegex(
        @"\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}\.\d{1,2}\.\d{4}|\p{L}{3,9} \d{1,2},? \d{4}|\d{1,2} \p{L}{3,9} \d{4}",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Day();
}
