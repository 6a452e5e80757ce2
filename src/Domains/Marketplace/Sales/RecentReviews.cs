namespace Tradepost.Marketplace.Sales;

/// <summary>The reviews that an estimate is made from: those that came in the 30 days up to it, and how many there have to be.</summary>
internal static class RecentReviews
{
    /// <summary>Days that are looked back.</summary>
    public const int Days = 30;

    /// <summary>With fewer new reviews there is no estimate.</summary>
    public const int Least = 3;

    /// <summary>A product that was watched for fewer days, or was last seen longer ago, has none either.</summary>
    public const int LeastDays = 7;

    /// <summary>Counts the reviews of a product up to a day; null where they are not enough.</summary>
    public static ReviewCount? Find(KnownProduct product, int day)
    {
        var seen = product.Between(day - Days, day);
        return seen.Length > 1 && ReviewSteps.Count(seen) is var count && IsEnough(count, seen[^1].Day, day) ? count : null;
    }

    /// <summary>Whether they are enough.</summary>
    /// <param name="count">What came.</param>
    /// <param name="last">The day on which the product was last seen.</param>
    /// <param name="day">The day of the estimate.</param>
    public static bool IsEnough(ReviewCount count, int last, int day) =>
        count.Reviews >= Least && count.Days >= LeastDays && day - last <= LeastDays;
}
