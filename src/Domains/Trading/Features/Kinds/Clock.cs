using Tradepost.Storage;

namespace Tradepost.Trading.Features.Kinds;

/// <summary>Hours and weekdays of UTC.</summary>
internal static class Clock
{
    public const int Hours = 24;
    public const int Days = 7;

    /// <summary>1970 began on a Thursday, and Monday is 0.</summary>
    private const int FirstWeekday = 3;

    /// <summary>0 to 23.</summary>
    public static int HourOf(long moment) => (int)(moment / Moment.Hour % Hours);

    /// <summary>0 on Mondays, 6 on Sundays.</summary>
    public static int WeekdayOf(long moment) => (int)(((moment / Moment.Day) + FirstWeekday) % Days);

    /// <summary>A place on a circle, by its sine or cosine.</summary>
    public static double OnCircle(int place, int places, bool isSine)
    {
        var angle = 2 * Math.PI * place / places;
        return isSine ? Math.Sin(angle) : Math.Cos(angle);
    }
}
