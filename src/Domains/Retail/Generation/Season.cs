using Tradepost.Storage;

namespace Tradepost.Retail.Generation;

/// <summary>How busy the shop is: by weekday, month, the November sales, hour and a slow growth.</summary>
internal sealed class Season
{
    private const double GrowthAYear = 0.2;

    private static readonly double[] Weekdays = [1.20, 0.95, 0.90, 0.90, 1.00, 1.15, 1.35]; // Sunday first
    private static readonly double[] Months = [0.80, 0.85, 0.95, 0.90, 0.90, 0.85, 0.85, 1.10, 1.10, 1.00, 1.30, 1.60];
    private static readonly double[] Hours = Cumulate([
        2,
        1,
        1,
        1,
        1,
        2,
        4,
        8,
        14,
        20,
        24,
        25,
        26,
        25,
        24,
        23,
        24,
        27,
        32,
        36,
        35,
        28,
        16,
        7,
    ]);

    private readonly DateOnly start;
    private readonly double[] days;

    public Season(DateOnly start, DateOnly until)
    {
        this.start = start;
        days = Cumulate([
            .. Enumerable.Range(0, until.DayNumber - start.DayNumber).Select(d => Weight(start.AddDays(d)) * (1 + (GrowthAYear * d / 365))),
        ]);
    }

    /// <summary>How busy a day is, 1 being an ordinary one.</summary>
    public static double Weight(DateOnly day) => Weekdays[(int)day.DayOfWeek] * Months[day.Month - 1] * (IsSale(day) ? 1.6 : 1);

    /// <summary>The sale in the last third of November.</summary>
    public static bool IsSale(DateOnly day) => day is { Month: 11, Day: >= 20 };

    /// <summary>The moment by which this share of all orders has been placed; grows with the share.</summary>
    public long TimeOf(double share)
    {
        var (day, rest) = Find(days, share);
        return Moment.Of(start.AddDays(day)) + TimeInDay(rest);
    }

    /// <summary>The time of day by which this share of the day's orders has been placed.</summary>
    public static long TimeInDay(double share)
    {
        var (hour, rest) = Find(Hours, share);
        return (hour * Moment.Hour) + Math.Min((long)(rest * Moment.Hour), Moment.Hour - 1);
    }

    private static (int Index, double Fraction) Find(double[] cumulated, double share)
    {
        var target = share * cumulated[^1];
        var index = Array.BinarySearch(cumulated, target);
        index = Math.Min(index < 0 ? ~index : index + 1, cumulated.Length - 1);
        var before = index == 0 ? 0 : cumulated[index - 1];
        return (index, (target - before) / (cumulated[index] - before));
    }

    private static double[] Cumulate(double[] weights)
    {
        for (var i = 1; i < weights.Length; i++)
        {
            weights[i] += weights[i - 1];
        }

        return weights;
    }
}
