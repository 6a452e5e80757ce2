namespace Tradepost.Trading.Draining;

/// <summary>Rows of an hour in short: equal where the rows are, in whatever order.</summary>
/// <param name="Hash">The sum of the rows' hashes.</param>
internal readonly record struct HourSum(long Count, long First, long Last, ulong Hash)
{
    public HourSum With(long timestamp, ulong hash) =>
        Count == 0
            ? new HourSum(1, timestamp, timestamp, hash)
            : new HourSum(Count + 1, Math.Min(First, timestamp), Math.Max(Last, timestamp), unchecked(Hash + hash));
}
