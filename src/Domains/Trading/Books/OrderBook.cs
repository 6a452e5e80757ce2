using Tradepost.Trading.Exchanges;

namespace Tradepost.Trading.Books;

/// <summary>The levels of a symbol's order book.</summary>
internal sealed class OrderBook
{
    private readonly SortedDictionary<Int128, Int128> bids = new(Comparer<Int128>.Create((a, b) => b.CompareTo(a)));
    private readonly SortedDictionary<Int128, Int128> asks = [];

    public int Count => bids.Count + asks.Count;

    public BookLevel? BestBid => Best(bids);

    public BookLevel? BestAsk => Best(asks);

    public IEnumerable<BookLevel> Bids => bids.Select(level => new BookLevel(level.Key, level.Value));

    public IEnumerable<BookLevel> Asks => asks.Select(level => new BookLevel(level.Key, level.Value));

    public void Clear()
    {
        bids.Clear();
        asks.Clear();
    }

    public void Apply(IEnumerable<BookLevel> changedBids, IEnumerable<BookLevel> changedAsks)
    {
        Apply(bids, changedBids);
        Apply(asks, changedAsks);
    }

    private static void Apply(SortedDictionary<Int128, Int128> side, IEnumerable<BookLevel> changes)
    {
        foreach (var (price, amount) in changes)
        {
            if (amount == 0)
            {
                // A price that is not known is often removed: it lay below the snapshot's levels.
                side.Remove(price);
            }
            else
            {
                side[price] = amount;
            }
        }
    }

    private static BookLevel? Best(SortedDictionary<Int128, Int128> side)
    {
        foreach (var (price, amount) in side)
        {
            return new BookLevel(price, amount);
        }

        return null;
    }
}
