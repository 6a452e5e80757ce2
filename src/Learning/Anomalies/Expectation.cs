namespace Tradepost.Learning.Anomalies;

/// <summary>
/// What the next value should be: the level of the last values, what is usual at this time of the day, or at this time of the week,
/// whichever had the least mean absolute error so far (exponential smoothing of profiles; the choice is "follow the leader"
/// of prediction with expert advice: N. Cesa-Bianchi, G. Lugosi, Prediction, Learning, and Games, 2006).
/// </summary>
internal sealed class Expectation
{
    private const int DaySlots = 48;
    private const int WeekSlots = 7 * DaySlots;
    private const double LevelRate = 0.3;
    private const double DayRate = 0.02;
    private const double WeekRate = 0.1;
    private const double ErrorRate = 0.002;
    private const double SeasonsWorth = 0.9;

    private readonly double[] day = new double[DaySlots];
    private readonly double[] week = new double[WeekSlots];
    private readonly int[] dayCounts = new int[DaySlots];
    private readonly int[] weekCounts = new int[WeekSlots];
    private double level;
    private double levelError;
    private double dayError;
    private double weekError;
    private long count;

    public Season Season { get; private set; }

    /// <summary>The mean absolute error of what is expected.</summary>
    public double Error =>
        Season switch
        {
            Season.Day => dayError,
            Season.Week => weekError,
            _ => levelError,
        };

    /// <summary>NaN before the first value.</summary>
    public double At(DateTime time)
    {
        if (count == 0)
        {
            return double.NaN;
        }

        var (byDay, byWeek) = Seasonal(time);
        return Season switch
        {
            Season.Day => byDay,
            Season.Week => byWeek,
            _ => level,
        };
    }

    public void Learn(DateTime time, double value)
    {
        if (count == 0)
        {
            level = value;
        }

        var (byDay, byWeek) = Seasonal(time);
        var rate = Math.Max(ErrorRate, 1.0 / ++count);
        levelError += rate * (Math.Abs(value - level) - levelError);
        dayError += rate * (Math.Abs(value - byDay) - dayError);
        weekError += rate * (Math.Abs(value - byWeek) - weekError);
        var worth = levelError * SeasonsWorth;
        Season =
            weekError < dayError && weekError < worth ? Season.Week
            : dayError < worth ? Season.Day
            : Season.None;
        level += LevelRate * (value - level);
        Smooth(day, dayCounts, DaySlot(time), value, DayRate);
        Smooth(week, weekCounts, WeekSlot(time), value, WeekRate);
    }

    public void Exchange(StateStream state)
    {
        state.Exchange(day);
        state.Exchange(week);
        state.Exchange(dayCounts);
        state.Exchange(weekCounts);
        state.Exchange(ref level);
        state.Exchange(ref levelError);
        state.Exchange(ref dayError);
        state.Exchange(ref weekError);
        state.Exchange(ref count);
        var season = (long)Season;
        state.Exchange(ref season);
        Season = (Season)season;
    }

    private (double Day, double Week) Seasonal(DateTime time)
    {
        var (slot, weekSlot) = (DaySlot(time), WeekSlot(time));
        var byDay = dayCounts[slot] > 0 ? day[slot] : level;
        return (byDay, weekCounts[weekSlot] > 0 ? week[weekSlot] : byDay);
    }

    internal static int DaySlot(DateTime time) => (int)(time.Ticks % TimeSpan.TicksPerDay / (TimeSpan.TicksPerDay / DaySlots));

    internal static int WeekSlot(DateTime time) => (int)(time.Ticks / (TimeSpan.TicksPerDay / DaySlots) % WeekSlots);

    private static void Smooth(double[] profile, int[] counts, int slot, double value, double rate)
    {
        counts[slot] = Math.Min(counts[slot] + 1, int.MaxValue - 1);
        profile[slot] += Math.Max(1.0 / counts[slot], rate) * (value - profile[slot]);
    }
}
