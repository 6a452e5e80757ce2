using System.Data.Common;
using Tradepost.Storage;

namespace Tradepost.Retail.Etl;

/// <summary>The sums of a table by bucket. A bucket without rows is as good as absent.</summary>
internal sealed class BucketSums
{
    private readonly Dictionary<int, BucketSum> sums = [];

    /// <summary>Sums rows of the store, given as SQL with the columns bucket, money and row_hash.</summary>
    public static async Task<BucketSums> ReadAsync(DbConnection connection, string rows, CancellationToken cancellationToken)
    {
        var result = new BucketSums();
        foreach (
            var (bucket, sum) in await connection.ReadAsync(
                $"SELECT bucket, count(*), CAST(COALESCE(sum(money), 0) AS numeric(18,2)), CAST(sum(row_hash) AS bigint) FROM {rows} r "
                    + "GROUP BY bucket",
                row => (row.GetInt32(0), new BucketSum(row.GetInt64(1), row.GetDecimal(2), row.GetInt64(3))),
                cancellationToken
            )
        )
        {
            result.Add(bucket, sum);
        }

        return result;
    }

    /// <summary>The buckets that hold rows, in order.</summary>
    public IEnumerable<KeyValuePair<int, BucketSum>> All => sums.Where(entry => entry.Value != default).OrderBy(entry => entry.Key);

    public void Add(int bucket, BucketSum sum) => sums[bucket] = sums.GetValueOrDefault(bucket) + sum;

    public BucketSums Plus(BucketSums other) => Combine(other, (left, right) => left + right);

    public BucketSums Minus(BucketSums other) => Combine(other, (left, right) => left - right);

    /// <summary>The buckets of a range.</summary>
    public BucketSums Within(BucketRange range)
    {
        var result = new BucketSums();
        foreach (var (bucket, sum) in sums.Where(entry => range.Contains(entry.Key)))
        {
            result.sums[bucket] = sum;
        }

        return result;
    }

    /// <summary>The buckets in which the two differ.</summary>
    public IReadOnlyList<int> DifferingFrom(BucketSums other) =>
        [.. Minus(other).sums.Where(entry => entry.Value != default).Select(entry => entry.Key).Order()];

    private BucketSums Combine(BucketSums other, Func<BucketSum, BucketSum, BucketSum> operation)
    {
        var result = new BucketSums();
        foreach (var bucket in sums.Keys.Union(other.sums.Keys))
        {
            result.sums[bucket] = operation(sums.GetValueOrDefault(bucket), other.sums.GetValueOrDefault(bucket));
        }

        return result;
    }
}
