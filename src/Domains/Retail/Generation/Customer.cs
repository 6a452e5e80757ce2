using Tradepost.Storage;

namespace Tradepost.Retail.Generation;

/// <summary>A customer's region and how it changed; the region ids count from 1.</summary>
internal readonly record struct Customer(long Id, long CreatedAt, int FirstRegion, long MovedAt, int SecondRegion)
{
    public int RegionAt(long time) => time < MovedAt ? FirstRegion : SecondRegion;

    public long UpdatedAt => MovedAt == Moment.Never ? CreatedAt : MovedAt;
}
