using System.Globalization;

namespace Tradepost.Retail.Etl;

/// <summary>The days that are compared, as buckets: half-open, either end may be open.</summary>
internal readonly record struct BucketRange(int? From, int? To)
{
    public string Where => (From, To) switch
    {
        (null, null) => "",
        ({ } from, null) => string.Create(CultureInfo.InvariantCulture, $" WHERE bucket >= {from}"),
        (null, { } to) => string.Create(CultureInfo.InvariantCulture, $" WHERE bucket < {to}"),
        ({ } from, { } to) => string.Create(CultureInfo.InvariantCulture, $" WHERE bucket >= {from} AND bucket < {to}"),
    };

    public static BucketRange Days(DateTime? from, DateTime? to) => new(Day(from), Day(to));

    private static int? Day(DateTime? time) => time is { } t ? (int)(t - DateTime.UnixEpoch).TotalDays : null;
}
