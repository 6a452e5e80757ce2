namespace Tradepost.Marketplace.Sales;

/// <summary>The days of the window by which most counters are read: the first, the last and some between, those on which most was seen.</summary>
internal static class SampleDays
{
    /// <summary>How many, where there are as many; one falls into each piece as long as a fall that is no purge.</summary>
    public const int Most = (RecentReviews.Days / ReviewSteps.LongestFall) + 1;

    /// <summary>How far a day may lie from where it is looked for.</summary>
    private const int Slack = 2;

    /// <summary>A day is as good as the best near it when so much was seen on it.</summary>
    private const double GoodShare = 0.9;

    /// <summary>Chooses them.</summary>
    /// <param name="seen">Days of the window in order, and how many products were seen on each.</param>
    public static IReadOnlyList<DateOnly> Choose(IReadOnlyList<(DateOnly Day, long Products)> seen)
    {
        var chosen = new SortedSet<DateOnly>();
        for (var i = 0; i < Most && seen.Count > 0; i++)
        {
            var (first, last) = (seen[0].Day.DayNumber, seen[^1].Day.DayNumber);
            var target = first + ((last - first) * i / (Most - 1));
            var near = seen.Where(one => Math.Abs(one.Day.DayNumber - target) <= Slack).ToList();
            if (near.Count > 0)
            {
                var most = near.Max(one => one.Products);
                chosen.Add(near.Where(one => one.Products >= GoodShare * most).MinBy(one => Math.Abs(one.Day.DayNumber - target)).Day);
            }
        }

        return [.. chosen];
    }
}
