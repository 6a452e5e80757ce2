namespace Tradepost.Retail.Etl;

/// <summary>The sums of a table by bucket. A bucket without rows is as good as absent.</summary>
internal sealed class BucketSums
{
    private readonly Dictionary<int, BucketSum> sums = [];

    public void Add(int bucket, BucketSum sum) => sums[bucket] = sums.GetValueOrDefault(bucket) + sum;

    public BucketSums Plus(BucketSums other) => Combine(other, (left, right) => left + right);

    public BucketSums Minus(BucketSums other) => Combine(other, (left, right) => left - right);

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
