namespace Tradepost.Trading.Exchanges;

/// <summary>The best levels of an order book as they were after an update.</summary>
internal sealed record BookSnapshot(long LastUpdateId, IReadOnlyList<BookLevel> Bids, IReadOnlyList<BookLevel> Asks);
