using System.Runtime.InteropServices;
using Tradepost.Retail.Sources;
using Tradepost.Storage.Loading;

namespace Tradepost.Retail.Etl;

/// <summary>Sums a whole table by bucket while it streams by, so that the source need not be read a second time to be compared.</summary>
internal sealed class StreamedSums(SourceTable table, TableLoad load)
{
    private readonly int bucketColumn = table.Columns.Count;
    private readonly int hashColumn = table.Columns.Count + 1;
    private readonly int moneyColumn = table.Money is { } money ? IndexOf(table, money) : -1;

    public void Add(RowBatch batch)
    {
        if (!load.IsWhole)
        {
            return;
        }

        var buckets = batch[bucketColumn].Values<int>();
        var hashes = batch[hashColumn].Values<long>();
        var byBucket = new Dictionary<int, (long Rows, long Units, long Hash)>();
        for (var row = 0; row < batch.Count; row++)
        {
            if (batch[0].IsNull(row))
            {
                continue; // what has no unit is kept aside, and no part of the sums
            }

            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(byBucket, buckets[row], out _);
            sum.Rows++;
            sum.Hash += hashes[row];
            if (moneyColumn >= 0 && !batch[moneyColumn].IsNull(row))
            {
                sum.Units += batch[moneyColumn].Values<long>()[row];
            }
        }

        foreach (var (bucket, sum) in byBucket)
        {
            load.SourceSums.Add(bucket, new BucketSum(sum.Rows, sum.Units / 100m, sum.Hash));
        }
    }

    private static int IndexOf(SourceTable table, string column) =>
        table.Columns.Select((c, i) => (c.Name, i)).Single(entry => entry.Name == column).i;
}
