using System.Runtime.InteropServices;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Marketplace.Loading;

/// <summary>The first and the last day of each product, of rows that are written already, in whatever order they came.</summary>
internal sealed class SeenSpans
{
    /// <summary>How far rows of a batch lie apart, as a power of two.</summary>
    private const int BatchBits = 11;

    private const int BatchRows = 1 << BatchBits;

    /// <summary>Where a product's row is, by a hash of its key.</summary>
    private readonly Dictionary<ulong, int> places = [];
    private readonly List<RowBatch> batches = [];
    private int count;
    private int before = -1;

    public static IReadOnlyList<Column> Columns { get; } =
    [ListingColumns.Sku, new("first_seen", ColumnType.Date, IsNullable: false), new("last_seen", ColumnType.Date, IsNullable: false)];

    /// <summary>A row for each product; two that share a hash may have several.</summary>
    public IReadOnlyList<RowBatch> Batches => batches;

    /// <summary>Takes rows in.</summary>
    public void Add(RowBatch rows)
    {
        var skus = rows[0].AsText();
        var days = rows[1].Values<int>();
        for (var row = 0; row < rows.Count; row++)
        {
            before = PlaceOf(skus[row], days[row]);

            var (batch, at) = (batches[before >> BatchBits], before & (BatchRows - 1));
            ref var first = ref batch[1].Values<int>()[at];
            ref var last = ref batch[2].Values<int>()[at];
            (first, last) = (Math.Min(first, days[row]), Math.Max(last, days[row]));
        }
    }

    private ReadOnlySpan<byte> SkuAt(int place) => batches[place >> BatchBits][0].AsText()[place & (BatchRows - 1)];

    private int PlaceOf(ReadOnlySpan<byte> sku, int day)
    {
        // Rows of a product follow each other or, day after day, products come in one order.
        for (var near = Math.Max(before, 0); near <= before + 1 && near < count; near++)
        {
            if (SkuAt(near).SequenceEqual(sku))
            {
                return near;
            }
        }

        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, RowTally.HashOf(sku), out var isKnown);
        if (!isKnown || !SkuAt(place).SequenceEqual(sku))
        {
            place = Append(sku, day);
        }

        return place;
    }

    private int Append(ReadOnlySpan<byte> sku, int day)
    {
        if (count % BatchRows == 0)
        {
            batches.Add(new RowBatch(Columns, BatchRows));
        }

        var batch = batches[^1];
        var row = batch.Count++;
        batch[0].AsText().Set(row, sku);
        batch[1].Values<int>()[row] = day;
        batch[2].Values<int>()[row] = day;
        return count++;
    }
}
