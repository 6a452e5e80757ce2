using System.Globalization;
using System.Text;
using Tradepost.Storage;
using Tradepost.Storage.Files;

namespace Tradepost.Trading.Candles;

/// <summary>Reads the times of candles: numbers since 1970 in whichever unit, told by their size, or dates.</summary>
/// <param name="notation">How dates are written that are not as in 2024-01-31.</param>
internal sealed class CandleTime(TimeNotation notation)
{
    /// <summary>No market that has candles is older: 1990.</summary>
    private const long Earliest = 631_152_000 * Moment.Second;
    private const int LongestCell = 40;

    // Each unit's numbers of 1973 to 5138 are below the next one's.
    private const decimal FirstMilliseconds = 1e11m;
    private const decimal FirstMicroseconds = 1e14m;
    private const decimal FirstNanoseconds = 1e17m;

    private static readonly string[] HalfDays = ["yyyy-MM-dd hh-tt", "yyyy-MM-dd hh:mm tt"];

    /// <summary>Reads a cell; false when it is no time since 1990.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="moment">In microseconds since 1970 (UTC).</param>
    /// <param name="unit">What it is written in.</param>
    public bool TryRead(ReadOnlySpan<byte> cell, out long moment, out TimeUnit unit)
    {
        cell = Missing.Trim(cell);
        (moment, unit) = (0, TimeUnit.Text);
        if (cell.Length is 0 or > LongestCell)
        {
            return false;
        }

        if (decimal.TryParse(cell, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            (unit, var factor) = UnitOf(number);
            moment = (long)Math.Min(decimal.Round(number * factor), long.MaxValue);
            return moment >= Earliest;
        }

        return TryReadDate(cell, notation, out moment) && moment >= Earliest;
    }

    /// <summary>Whether a cell can be read whatever the notation of dates.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> cell) => new CandleTime(TimeNotation.Iso).TryRead(cell, out _, out _);

    private static (TimeUnit Unit, decimal Factor) UnitOf(decimal number) =>
        number switch
        {
            < FirstMilliseconds => (TimeUnit.Seconds, 1_000_000m),
            < FirstMicroseconds => (TimeUnit.Milliseconds, 1_000m),
            < FirstNanoseconds => (TimeUnit.Microseconds, 1m),
            _ => (TimeUnit.Nanoseconds, 0.001m),
        };

    private static bool TryReadDate(ReadOnlySpan<byte> cell, TimeNotation notation, out long moment)
    {
        if (TimeNotation.Iso.TryRead(cell, out var time) || (notation != TimeNotation.Iso && notation.TryRead(cell, out time)))
        {
            moment = Moment.Of(time.Instant);
            return true;
        }

        var isHalfDay = DateTime.TryParseExact(
            Encoding.UTF8.GetString(cell),
            HalfDays,
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var date
        );
        moment = isHalfDay ? Moment.Of(date) : 0;
        return isHalfDay;
    }
}
