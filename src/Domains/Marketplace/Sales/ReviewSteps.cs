namespace Tradepost.Marketplace.Sales;

/// <summary>
/// New reviews from a counter that ought to grow. A rise that is taken back within days was never one; a fall that is made good within days was
/// a misreading; a fall that is not is a purge: the counter goes on from there.
/// </summary>
internal static class ReviewSteps
{
    /// <summary>Days after which a rise that is taken back counts as reviews that were purged.</summary>
    public const int LongestSpike = 3;

    /// <summary>Days after which a fall that is made good counts as a purge, made good by new reviews.</summary>
    public const int LongestFall = 6;

    /// <summary>Counts.</summary>
    /// <param name="seen">In the order of days, one a day.</param>
    public static ReviewCount Count(ReadOnlySpan<Observation> seen)
    {
        if (seen.Length < 2)
        {
            return default;
        }

        var kept = WithoutSpikes(seen);
        var (top, reviews, purged) = (kept[0].Reviews, 0.0, 0.0);
        for (var i = 1; i < kept.Length; i++)
        {
            var value = kept[i].Reviews;
            if (value >= top)
            {
                (reviews, top) = (reviews + value - top, value);
            }
            else if (!IsMadeGood(kept[i..], top))
            {
                (purged, top) = (purged + top - value, value);
            }
        }

        return new ReviewCount(reviews, seen[^1].Day - seen[0].Day, purged);
    }

    private static bool IsMadeGood(ReadOnlySpan<Observation> fallen, double top)
    {
        for (var i = 1; i < fallen.Length && fallen[i].Day - fallen[0].Day <= LongestFall; i++)
        {
            if (fallen[i].Reviews >= top)
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<Observation> WithoutSpikes(ReadOnlySpan<Observation> seen)
    {
        var kept = new Observation[seen.Length];
        var count = 0;
        foreach (var one in seen)
        {
            var before = count;
            while (before > 0 && kept[before - 1].Reviews > one.Reviews && kept[before - 1].Day >= one.Day - LongestSpike)
            {
                before--;
            }

            if (before > 0 && kept[before - 1].Reviews <= one.Reviews)
            {
                count = before;
            }

            kept[count++] = one;
        }

        return kept.AsSpan(0, count);
    }
}
