namespace Tradepost.Retail.Etl;

/// <summary>What a bucket of rows comes to: their number, their money and the sum of their hashes, in any order.</summary>
internal readonly record struct BucketSum(long Rows, decimal Money, long Hash)
{
    public static BucketSum operator +(BucketSum left, BucketSum right) =>
        new(left.Rows + right.Rows, left.Money + right.Money, left.Hash + right.Hash);

    public static BucketSum operator -(BucketSum left, BucketSum right) =>
        new(left.Rows - right.Rows, left.Money - right.Money, left.Hash - right.Hash);
}
