using System.Runtime.InteropServices;

namespace Tradepost.Marketplace.Loading;

/// <summary>
/// Counts what rows are of, and sees whether each is of a product and day that no row before it was of. Up to a million rows every key is
/// remembered; beyond that, rows by product or by day need the products only.
/// </summary>
internal sealed class RowTally(int remembered = 1_000_000)
{
    /// <summary>And the day of the last row of each, as long as rows are by product or by day.</summary>
    private readonly Dictionary<ulong, int> products = [];
    private readonly HashSet<ulong> offers = [];
    private HashSet<ulong>? keys = [];
    private long days;
    private bool isByProduct = true;
    private bool isByDay = true;
    private ulong lastProduct;
    private int lastDay = int.MinValue;
    private bool isFirst = true;

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
        var isSame = !isFirst && product == lastProduct;
        isByProduct &= !isSame || day > lastDay;
        if (!isSame || isByDay)
        {
            ref var seenOn = ref CollectionsMarshal.GetValueRefOrAddDefault(products, product, out var isKnown);
            isByProduct &= isSame || !isKnown;
            isByDay = isByDay && day >= lastDay && (!isKnown || day > seenOn);
            seenOn = day;
        }

        (isFirst, lastProduct, lastDay) = (false, product, day);
        IsDistinct &= Remember(product, day);
        return IsDistinct;
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
