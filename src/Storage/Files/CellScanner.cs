using System.Text;

namespace Tradepost.Storage.Files;

/// <summary>Takes a cell apart from its front.</summary>
internal ref struct CellScanner(ReadOnlySpan<byte> cell)
{
    private const int TicksDigits = 7;
    private const int MostFractionDigits = 9;
    private const int MostMinutes = 59;
    private const int FarthestHours = 14;

    private ReadOnlySpan<byte> rest = cell;

    public readonly bool IsAtEnd => rest.IsEmpty;

    public bool Take(byte sign)
    {
        if (rest.IsEmpty || rest[0] != sign)
        {
            return false;
        }

        rest = rest[1..];
        return true;
    }

    /// <summary>A number of that many digits, and no more digits behind it.</summary>
    public bool Number(int least, int most, out int number)
    {
        (number, var count) = (0, 0);
        while (count < rest.Length && rest[count] is >= (byte)'0' and <= (byte)'9')
        {
            if (count == most)
            {
                return false;
            }

            number = (number * 10) + rest[count++] - '0';
        }

        rest = rest[count..];
        return count >= least;
    }

    /// <summary>An English month, whole or by three letters.</summary>
    public bool Month(out int month)
    {
        var length = 0;
        while (length < rest.Length && (rest[length] | 0x20) is >= 'a' and <= 'z')
        {
            length++;
        }

        var name = Encoding.ASCII.GetString(rest[..length]);
        rest = rest[length..];
        month =
            1
            + Array.FindIndex(Months, one =>
                string.Equals(one, name, StringComparison.OrdinalIgnoreCase)
                || string.Equals(one[..3], name, StringComparison.OrdinalIgnoreCase)
                || (one == "September" && string.Equals("Sept", name, StringComparison.OrdinalIgnoreCase))
            );
        return month > 0;
    }

    /// <summary>A time of the day, of 24 hours or of twelve with AM and PM.</summary>
    public bool Clock(out TimeSpan time, out bool hasHalf)
    {
        (time, hasHalf) = (default, false);
        if (!Number(1, 2, out var hour) || !Take((byte)':') || !Number(2, 2, out var minute))
        {
            return false;
        }

        var (second, ticks) = (0, 0L);
        if (Take((byte)':') && (!Number(2, 2, out second) || !Fraction(out ticks)))
        {
            return false;
        }

        hasHalf = Half(out var isAfternoon);
        if (minute > MostMinutes || second > MostMinutes || (hasHalf ? hour is < 1 or > 12 : hour > 23))
        {
            return false;
        }

        hour =
            !hasHalf ? hour
            : isAfternoon ? (hour % 12) + 12
            : hour % 12;
        time = new TimeSpan(hour, minute, second) + TimeSpan.FromTicks(ticks);
        return true;
    }

    /// <summary>Z, UTC, ±hh, ±hhmm or ±hh:mm; null where there is none.</summary>
    public bool Offset(out TimeSpan? offset)
    {
        offset = null;
        if (IsAtEnd)
        {
            return true;
        }

        _ = Take((byte)' ');
        if (rest is [(byte)'Z' or (byte)'z'] || rest.SequenceEqual("UTC"u8) || rest.SequenceEqual("GMT"u8))
        {
            rest = default;
            offset = TimeSpan.Zero;
            return true;
        }

        var isWest = Take((byte)'-');
        if ((!isWest && !Take((byte)'+')) || rest.Length < 2)
        {
            return false;
        }

        var hours = new CellScanner(rest[..2]);
        var hasMinutes = rest.Length > 2;
        var minutes = new CellScanner(rest[(rest.Length > 2 && rest[2] == (byte)':' ? 3 : 2)..]);
        var minute = 0;
        if (
            !hours.Number(2, 2, out var hour)
            || (hasMinutes && (!minutes.Number(2, 2, out minute) || !minutes.IsAtEnd))
            || minute > MostMinutes
            || hour > FarthestHours
        )
        {
            return false;
        }

        rest = default;
        offset = new TimeSpan(isWest ? -hour : hour, isWest ? -minute : minute, 0);
        return true;
    }

    private bool Fraction(out long ticks)
    {
        ticks = 0;
        if (!Take((byte)'.') && !Take((byte)','))
        {
            return true;
        }

        var count = 0;
        for (; count < rest.Length && rest[count] is >= (byte)'0' and <= (byte)'9'; count++)
        {
            if (count < TicksDigits)
            {
                ticks = (ticks * 10) + rest[count] - '0';
            }
        }

        for (var digit = count; digit < TicksDigits; digit++)
        {
            ticks *= 10;
        }

        rest = rest[count..];
        return count is >= 1 and <= MostFractionDigits;
    }

    private bool Half(out bool isAfternoon)
    {
        var half = rest is [(byte)' ', ..] ? rest[1..] : rest;
        isAfternoon = half is [(byte)'P' or (byte)'p', (byte)'M' or (byte)'m', ..];
        if (!isAfternoon && half is not [(byte)'A' or (byte)'a', (byte)'M' or (byte)'m', ..])
        {
            return false;
        }

        rest = half[2..];
        return true;
    }

    private static readonly string[] Months =
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
}
