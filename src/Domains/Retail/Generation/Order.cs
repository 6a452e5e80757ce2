namespace Tradepost.Retail.Generation;

/// <summary>An order without its lines. A manager of 0 is nobody.</summary>
internal readonly record struct Order(long Id, long CustomerId, long ManagerId, int RegionId, long OrderedAt, OrderFate Fate);
