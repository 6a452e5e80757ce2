using System.Runtime.InteropServices;

namespace Tradepost.Marketplace.Sales;

/// <summary>A product whose sales are known, with what was seen of it.</summary>
internal sealed class KnownProduct(Place place)
{
    public Place Place { get; } = place;

    /// <summary>In the order of days.</summary>
    public List<Observation> Seen { get; } = [];

    /// <summary>In the order of their last days.</summary>
    public List<KnownSale> Sales { get; } = [];

    /// <summary>Whether it was seen once, so that nothing is known of what came to its reviews, and its sales are all of them so far.</summary>
    public bool IsSnapshot => Seen.Count == 1;

    /// <summary>What was seen from one day to another, both included.</summary>
    public ReadOnlySpan<Observation> Between(int first, int last)
    {
        var seen = CollectionsMarshal.AsSpan(Seen);
        var (from, to) = (FirstAfter(seen, first - 1), FirstAfter(seen, last));
        return seen[from..to];
    }

    private static int FirstAfter(ReadOnlySpan<Observation> seen, int day)
    {
        var (low, high) = (0, seen.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = seen[middle].Day <= day ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
