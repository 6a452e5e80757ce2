using System.Globalization;
using System.Text.RegularExpressions;
using Tradepost.Serving.Commands;

namespace Tradepost.App.Learning;

/// <summary>
/// How far apart the rows of a series are, by pandas' letters: S, T or min, H, D, W, M, Q, Y, with a number before; MS, QS and YS are first
/// days.
/// </summary>
/// <param name="IsAtStart">Whether steps of months end on the first day of a month, quarter or year.</param>
internal sealed partial record Frequency(int Count, string Unit, bool IsAtStart = false)
{
    private const double DaysOfMonth = 365.25 / 12;

    private int Months => Count * MonthsOfUnit;

    private int MonthsOfUnit =>
        Unit switch
        {
            "M" => 1,
            "Q" => 3,
            "Y" => 12,
            _ => 0,
        };

    public bool IsByCalendar => Months > 0;

    /// <summary>One step; that of months on average.</summary>
    public TimeSpan Step =>
        Unit switch
        {
            "S" => TimeSpan.FromSeconds(Count),
            "T" => TimeSpan.FromMinutes(Count),
            "H" => TimeSpan.FromHours(Count),
            "D" => TimeSpan.FromDays(Count),
            "W" => TimeSpan.FromDays(7 * Count),
            _ => TimeSpan.FromDays(DaysOfMonth * Months),
        };

    /// <summary>The frequency that a text stands for.</summary>
    /// <param name="text">The text.</param>
    /// <param name="option">What it was given as: <c>--frequency</c>.</param>
    public static Frequency Parse(string text, string option)
    {
        var match = Form().Match(text);
        return
            match.Success
            && int.TryParse(
                match.Groups["count"].Value is { Length: > 0 } count ? count : "1",
                CultureInfo.InvariantCulture,
                out var number
            )
            && number > 0
            ? new Frequency(
                number,
                match.Groups["unit"].Value.ToUpperInvariant() switch
                {
                    "MIN" => "T",
                    "MS" => "M",
                    "QS" => "Q",
                    "YS" => "Y",
                    var unit => unit,
                },
                match.Groups["unit"].Value is [_, 'S' or 's']
            )
            : throw new UsageException(
                $"{option} is '{text}'; expected is S, min, H, D, W, M, Q or Y, or MS, QS or YS for first days, with a number before "
                    + "where it is not 1, such as 15min."
            );
    }

    /// <summary>The frequency of a series by the median of its steps.</summary>
    /// <param name="times">The times.</param>
    /// <param name="option">What says it where the times do not: <c>--frequency</c>.</param>
    public static Frequency Of(DateTime[] times, string option)
    {
        var sorted = times.Distinct().Order().ToArray();
        if (sorted.Length < 2)
        {
            throw new UsageException($"The history has fewer than two times; say with {option} how far apart rows are.");
        }

        var steps = sorted.Skip(1).Zip(sorted, (later, earlier) => later - earlier).Order().ToArray();
        var step = steps[steps.Length / 2];
        return step.TotalDays switch
        {
            >= 28 and <= 31 => new Frequency(1, "M"),
            >= 89 and <= 92 => new Frequency(1, "Q"),
            >= 365 and <= 366 => new Frequency(1, "Y"),
            >= 1 and var days when days == Math.Floor(days) => new Frequency((int)days, "D"),
            _ when step.TotalHours == Math.Floor(step.TotalHours) => new Frequency((int)step.TotalHours, "H"),
            _ when step.TotalMinutes == Math.Floor(step.TotalMinutes) => new Frequency((int)step.TotalMinutes, "T"),
            _ => new Frequency(Math.Max(1, (int)step.TotalSeconds), "S"),
        };
    }

    /// <summary>The times that follow one.</summary>
    public DateTime[] After(DateTime last, int count) => [.. Enumerable.Range(1, count).Select(i => Move(last, i))];

    /// <summary>A time some steps later, or earlier when they are negative.</summary>
    public DateTime Move(DateTime time, int steps)
    {
        if (!IsByCalendar)
        {
            return time + (steps * Step);
        }

        if (IsAtStart)
        {
            return MoveToStart(time, steps);
        }

        var moved = time.AddMonths(steps * Months);
        var isMonthEnd = time.Day == DateTime.DaysInMonth(time.Year, time.Month);
        return isMonthEnd ? moved.AddDays(DateTime.DaysInMonth(moved.Year, moved.Month) - moved.Day) : moved;
    }

    /// <summary>The first step from within a month, quarter or year goes to the next or last beginning of one.</summary>
    private DateTime MoveToStart(DateTime time, int steps)
    {
        var start = new DateTime(time.Year, ((time.Month - 1) / MonthsOfUnit * MonthsOfUnit) + 1, 1);
        return steps == 0 ? time
            : start == time ? start.AddMonths(steps * Months)
            : steps > 0 ? start.AddMonths(MonthsOfUnit + ((steps - 1) * Months))
            : start.AddMonths((steps + 1) * Months);
    }

    [GeneratedRegex(
        @"^(?<count>[0-9]*)(?<unit>S|T|min|H|D|W|MS|M|QS|Q|YS|Y)\z",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Form();
}
