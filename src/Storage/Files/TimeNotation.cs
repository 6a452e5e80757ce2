using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Tradepost.Storage.Files;

/// <summary>One way to write dates; a time of the day and an offset may follow.</summary>
public sealed partial record TimeNotation
{
    public static readonly TimeNotation Iso = new(DateOrder.YearMonthDay, '-');

    /// <summary>Those that are tried. With dots the day always comes first.</summary>
    public static readonly IReadOnlyList<TimeNotation> All =
    [
        Iso,
        new(DateOrder.YearMonthDay, '/'),
        new(DateOrder.YearMonthDay, '.'),
        new(DateOrder.DayMonthYear, '.'),
        new(DateOrder.DayMonthYear, '/'),
        new(DateOrder.MonthDayYear, '/'),
        new(DateOrder.DayMonthYear, '-'),
        new(DateOrder.MonthDayYear, '-'),
        new(DateOrder.YearMonth, '-'),
        new(DateOrder.YearMonth, '/'),
        new(DateOrder.Digits, ' '),
        new(DateOrder.DayNameYear, ' '),
        new(DateOrder.DayNameYear, '-'),
        new(DateOrder.NameDayYear, ' '),
    ];

    private const int LeastYear = 1;

    private readonly DateOrder order;
    private readonly char separator;
    private readonly string? pattern;

    private TimeNotation(DateOrder order, char separator, string? pattern = null) =>
        (this.order, this.separator, this.pattern) = (order, separator, pattern);

    public string Name =>
        order switch
        {
            DateOrder.YearMonthDay => $"year{separator}month{separator}day",
            DateOrder.DayMonthYear => $"day{separator}month{separator}year",
            DateOrder.MonthDayYear => $"month{separator}day{separator}year",
            DateOrder.YearMonth => $"year{separator}month",
            DateOrder.Digits => "yearmonthday",
            DateOrder.DayNameYear => $"day{separator}month{separator}year with the month's name",
            DateOrder.NameDayYear => "month day, year with the month's name",
            _ => pattern!,
        };

    /// <summary>A notation by its name, or a pattern with .NET's letters or strftime's.</summary>
    public static TimeNotation? Find(string text)
    {
        var plain = text.Trim().ToLowerInvariant();
        if (plain is "iso")
        {
            return Iso;
        }

        if (All.FirstOrDefault(one => one.Name == plain) is { } known)
        {
            return known;
        }

        var named = Order().Match(plain);
        if (named.Success)
        {
            return new TimeNotation(
                named.Groups["first"].Value is "day" ? DateOrder.DayMonthYear : DateOrder.MonthDayYear,
                named.Groups["separator"].Value[0]
            );
        }

        var letters = Strftime().Replace(text, match => Letters[match.Value[1]]);
        return
            letters.Contains('y', StringComparison.Ordinal) && letters.Contains('M', StringComparison.Ordinal) && Pattern().IsMatch(letters)
            ? new TimeNotation(DateOrder.Pattern, ' ', letters)
            : null;
    }

    /// <summary>Whether it differs from another in what comes first, the day or the month.</summary>
    internal bool IsOtherOrderOf(TimeNotation other) =>
        separator == other.separator
        && (order, other.order) is (DateOrder.DayMonthYear, DateOrder.MonthDayYear) or (DateOrder.MonthDayYear, DateOrder.DayMonthYear);

    /// <summary>Whether a cell is a time in this notation, of a day that there is.</summary>
    public bool TryRead(ReadOnlySpan<byte> cell, out TimeCell time)
    {
        time = default;
        cell = Missing.Trim(cell);
        if (pattern is not null)
        {
            return TryReadPattern(Encoding.UTF8.GetString(cell), out time);
        }

        var scanner = new CellScanner(cell);
        if (
            !TryReadDate(ref scanner, out var year, out var month, out var day)
            || year < LeastYear
            || month is < 1 or > 12
            || day < 1
            || day > DateTime.DaysInMonth(year, month)
        )
        {
            return false;
        }

        var date = new DateTime(year, month, day);
        var isSymmetric = month == day;
        if (scanner.IsAtEnd)
        {
            time = new TimeCell(date, null, false, false, isSymmetric);
            return true;
        }

        if (
            order is DateOrder.YearMonth
            || !(scanner.Take((byte)'T') || scanner.Take((byte)' '))
            || !scanner.Clock(out var clock, out var hasHalf)
            || !scanner.Offset(out var offset)
        )
        {
            return false;
        }

        time = new TimeCell(date + clock, offset, true, hasHalf, isSymmetric);
        return IsInCalendar(time);
    }

    private static bool IsInCalendar(TimeCell time) =>
        time.Offset is not { } offset
        || (offset <= TimeSpan.Zero || time.Local.Ticks >= offset.Ticks)
            && (offset >= TimeSpan.Zero || time.Local <= DateTime.MaxValue + offset);

    private bool TryReadDate(ref CellScanner scanner, out int year, out int month, out int day)
    {
        (year, month, day) = (0, 0, 1);
        var sign = (byte)separator;
        return order switch
        {
            DateOrder.YearMonthDay => scanner.Number(4, 4, out year)
                && scanner.Take(sign)
                && scanner.Number(1, 2, out month)
                && scanner.Take(sign)
                && scanner.Number(1, 2, out day),
            DateOrder.DayMonthYear => scanner.Number(1, 2, out day)
                && scanner.Take(sign)
                && scanner.Number(1, 2, out month)
                && scanner.Take(sign)
                && scanner.Number(4, 4, out year),
            DateOrder.MonthDayYear => scanner.Number(1, 2, out month)
                && scanner.Take(sign)
                && scanner.Number(1, 2, out day)
                && scanner.Take(sign)
                && scanner.Number(4, 4, out year),
            DateOrder.YearMonth => scanner.Number(4, 4, out year) && scanner.Take(sign) && scanner.Number(1, 2, out month),
            DateOrder.DayNameYear => scanner.Number(1, 2, out day)
                && scanner.Take(sign)
                && scanner.Month(out month)
                && scanner.Take(sign)
                && scanner.Number(4, 4, out year),
            DateOrder.NameDayYear => scanner.Month(out month)
                && scanner.Take(sign)
                && scanner.Number(1, 2, out day)
                && (scanner.Take((byte)',') | scanner.Take(sign))
                && scanner.Number(4, 4, out year),
            _ => TryReadDigits(ref scanner, out year, out month, out day),
        };
    }

    private static bool TryReadDigits(ref CellScanner scanner, out int year, out int month, out int day)
    {
        (month, day) = (0, 0);
        if (!scanner.Number(8, 8, out year))
        {
            return false;
        }

        (year, month, day) = (year / 10000, year / 100 % 100, year % 100);
        return true;
    }

    private bool TryReadPattern(string text, out TimeCell time)
    {
        time = default;
        if (pattern!.Contains('z', StringComparison.Ordinal) || pattern.Contains('K', StringComparison.Ordinal))
        {
            var isMoment = DateTimeOffset.TryParseExact(
                text,
                pattern,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var moment
            );
            time = new TimeCell(moment.DateTime, moment.Offset, true, false, false);
            return isMoment;
        }

        var isTime = DateTime.TryParseExact(
            text,
            pattern,
            CultureInfo.InvariantCulture,
            DateTimeStyles.NoCurrentDateDefault,
            out var found
        );
        time = new TimeCell(found, null, false, false, false);
        return isTime;
    }

    private static readonly Dictionary<char, string> Letters = new()
    {
        ['d'] = "d",
        ['m'] = "M",
        ['Y'] = "yyyy",
        ['y'] = "yy",
        ['H'] = "H",
        ['I'] = "h",
        ['M'] = "m",
        ['S'] = "s",
        ['f'] = "FFFFFFF",
        ['p'] = "tt",
        ['b'] = "MMM",
        ['B'] = "MMMM",
        ['z'] = "zzz",
    };

    [GeneratedRegex(
        @"\A(?:(?<first>day)(?<separator>[-./ ])month|(?<first>month)(?<separator>[-./ ])day)\k<separator>year\z",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Order();

    [GeneratedRegex("%[dmYyHIMSfpbBz]", RegexOptions.None, 1000)]
    private static partial Regex Strftime();

    [GeneratedRegex(@"\A[yMdHhmsfFtzK\-./:, T'Z]{2,}\z", RegexOptions.None, 1000)]
    private static partial Regex Pattern();

    private enum DateOrder
    {
        YearMonthDay,
        DayMonthYear,
        MonthDayYear,
        YearMonth,
        Digits,
        DayNameYear,
        NameDayYear,
        Pattern,
    }
}
