using System.Runtime.InteropServices;

namespace Tradepost.Marketplace.Loading;

/// <summary>
/// Counts what rows are of, and sees whether each is of a product and day that no row before it was of. Up to a million rows every key is
/// remembered; beyond that, rows by product or by day need the products only.
/// </summary>
internal sealed class RowTally(int remembered = 1_000_000)
{
    /// <summary>Where each product is among those that were seen.</summary>
    private readonly Dictionary<ulong, int> products = [];

    /// <summary>Products in the order of their first rows, each with the day of its last one, as long as rows are by product or by day.</summary>
    private readonly List<(ulong Product, int Day)> seen = [];
    private readonly HashSet<ulong> offers = [];
    private HashSet<ulong>? keys = [];
    private long days;
    private bool isByProduct = true;
    private bool isByDay = true;
    private ulong lastProduct;
    private int lastPlace = -1;
    private int lastDay = int.MinValue;

    public long Products => products.Count;

    public long Offers => offers.Count;

    /// <summary>Products on days.</summary>
    public long Days => keys?.Count ?? days;

    /// <summary>Whether every row so far was of another product or day.</summary>
    public bool IsDistinct { get; private set; } = true;

    /// <summary>Counts a row; whether it and all before it are of different products or days.</summary>
    public bool Add(ReadOnlySpan<byte> sku, int day)
    {
        var product = HashOf(sku);
        var isSame = lastPlace >= 0 && product == lastProduct;
        isByProduct &= !isSame || day > lastDay;
        if (!isSame || isByDay)
        {
            var isNew = TryAdd(product, day);
            ref var known = ref CollectionsMarshal.AsSpan(seen)[lastPlace];
            isByProduct &= isSame || isNew;
            isByDay = isByDay && day >= lastDay && (isNew || day > known.Day);
            known.Day = day;
        }

        (lastProduct, lastDay) = (product, day);
        IsDistinct &= Remember(product, day);
        return IsDistinct;
    }

    /// <summary>Finds the place of a product; whether it had none. Day after day products mostly come in one order: the next is looked at first.</summary>
    private bool TryAdd(ulong product, int day)
    {
        if (lastPlace + 1 < seen.Count && seen[lastPlace + 1].Product == product)
        {
            lastPlace++;
            return false;
        }

        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(products, product, out var isKnown);
        if (!isKnown)
        {
            place = seen.Count;
            seen.Add((product, day));
        }

        lastPlace = place;
        return !isKnown;
    }

    /// <summary>Counts an offer.</summary>
    public void AddOffer(ReadOnlySpan<byte> sku, ReadOnlySpan<byte> merchant, long capturedAt) =>
        offers.Add(Mix(Mix(HashOf(sku), HashOf(merchant)), (ulong)capturedAt));

    /// <summary>Whether a key is new.</summary>
    private bool Remember(ulong product, int day)
    {
        if (keys is null)
        {
            days++;
            return isByProduct || isByDay;
        }

        var isNew = keys.Add(Mix(product, (ulong)day));
        if (IsDistinct && keys.Count >= remembered && (isByProduct || isByDay))
        {
            (days, keys) = (keys.Count, null);
        }

        return isNew;
    }

    /// <summary>A hash of a text; that two of a million share one is less likely than one in ten million.</summary>
    public static ulong HashOf(ReadOnlySpan<byte> text)
    {
        var hash = (ulong)text.Length;
        for (; text.Length >= sizeof(ulong); text = text[sizeof(ulong)..])
        {
            hash = Mix(hash, MemoryMarshal.Read<ulong>(text));
        }

        var rest = 0UL;
        foreach (var one in text)
        {
            rest = (rest << 8) | one;
        }

        return Mix(hash, rest);
    }

    private static ulong Mix(ulong hash, ulong value)
    {
        hash = (hash ^ value) * 0x9E3779B97F4A7C15;
        hash ^= hash >> 32;
        hash *= 0xD6E8FEB86659FD93;
        return hash ^ (hash >> 32);
    }
}
