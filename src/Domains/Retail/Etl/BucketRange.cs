namespace Tradepost.Retail.Etl;

/// <summary>The days that are compared, as buckets: half-open, either end may be open.</summary>
internal readonly record struct BucketRange(int? From, int? To)
{
    public bool Contains(int bucket) => (From is not { } from || bucket >= from) && (To is not { } to || bucket < to);

    public static BucketRange Days(DateTime? from, DateTime? to) => new(Day(from), Day(to));

    private static int? Day(DateTime? time) => time is { } t ? (int)(t - DateTime.UnixEpoch).TotalDays : null;
}
