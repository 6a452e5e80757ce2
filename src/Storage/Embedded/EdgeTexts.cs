using System.Text;

namespace Tradepost.Storage.Embedded;

/// <summary>
/// Times and intervals that no type of .NET holds, as texts: those of PostgreSQL and DuckDB for times, ISO 8601 for intervals.
/// </summary>
internal static class EdgeTexts
{
    private const long DaySeconds = 86_400;
    private const long MicrosecondsPerDay = DaySeconds * 1_000_000;
    private const long DaysPerEra = 146_097;

    /// <summary>A day, counted from 1970-01-01 in the calendar of today.</summary>
    public static string Day(long days)
    {
        // Years begin in March here, so that the day that not every year has is the last.
        var shifted = days + 719_468;
        var era = Math.DivRem(shifted, DaysPerEra, out var ofEra);
        (era, ofEra) = ofEra < 0 ? (era - 1, ofEra + DaysPerEra) : (era, ofEra);
        var yearOfEra = (ofEra - (ofEra / 1_460) + (ofEra / 36_524) - (ofEra / 146_096)) / 365;
        var ofYear = ofEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var month = ((5 * ofYear) + 2) / 153;
        var day = ofYear - (((153 * month) + 2) / 5) + 1;
        month = month < 10 ? month + 3 : month - 9;
        var year = yearOfEra + (era * 400) + (month <= 2 ? 1 : 0);
        return Day(year, month, day);
    }

    /// <summary>A day of a year that may be before the first, which is the year 0, as astronomers count.</summary>
    public static string Day(long year, long month, long day) =>
        year > 0 ? $"{year:0000}-{month:00}-{day:00}" : $"{1 - year:0000}-{month:00}-{day:00} BC";

    /// <summary>A moment, counted in microseconds from 1970-01-01.</summary>
    public static string Moment(Int128 microseconds)
    {
        var (days, rest) = Int128.DivRem(microseconds, MicrosecondsPerDay);
        (days, rest) = rest < 0 ? (days - 1, rest + MicrosecondsPerDay) : (days, rest);
        return WithTime(Day((long)days), new TimeOnly((long)rest * TimeSpan.TicksPerMicrosecond));
    }

    /// <summary>A day of <see cref="Day(long)"/> with a time.</summary>
    public static string WithTime(string day, TimeOnly time)
    {
        var parts = day.Split(' ', 2);
        return string.Join(' ', [parts[0], time.ToString("HH:mm:ss.FFFFFF"), .. parts[1..]]);
    }

    /// <summary>P1Y2M3DT4H5M6.5S; each part has a sign of its own.</summary>
    public static string Interval(long months, long days, long microseconds)
    {
        var text = new StringBuilder("P");
        Add(months / 12, 'Y');
        Add(months % 12, 'M');
        Add(days, 'D');
        if (microseconds != 0)
        {
            text.Append('T');
            Add(microseconds / 3_600_000_000, 'H');
            Add(microseconds / 60_000_000 % 60, 'M');
            if (microseconds % 60_000_000 is var seconds and not 0)
            {
                text.Append((seconds / 1_000_000m).ToString("0.######")).Append('S');
            }
        }

        return text.Length == 1 ? "PT0S" : text.ToString();

        void Add(long count, char unit)
        {
            if (count != 0)
            {
                text.Append(count).Append(unit);
            }
        }
    }
}
