using Tradepost.Trading.Exchanges;

namespace Tradepost.Trading.Books;

/// <summary>
/// An order book kept up to date by the rule that Binance documents ("How to manage a local order book correctly"): changes are buffered
/// until a snapshot is there; older ones are passed over; the first that is applied spans the snapshot; each further one follows on the one
/// before.
/// </summary>
internal sealed class LiveBook(bool isChained)
{
    /// <summary>The most that is buffered: a quarter of an hour of a busy symbol, and what a few dozen megabytes hold.</summary>
    public const int MostBuffered = 10_000;
    private const int MostBufferedLevels = 1_000_000;

    private readonly Queue<Change> buffered = new();
    private long bufferedLevels;
    private long last;

    public OrderBook Levels { get; } = new();

    /// <summary>Called after each change that was applied.</summary>
    public Action<LiveBook> Applied { get; init; } = _ => { };

    /// <summary>Whether the book is whole.</summary>
    public bool IsLive { get; private set; }

    /// <summary>Whether a snapshot is needed before anything can be applied.</summary>
    public bool NeedsSnapshot { get; private set; } = true;

    /// <summary>The last update that the book holds.</summary>
    public long LastUpdateId => last;

    /// <summary>
    /// Changes that were let go, the oldest first, because no snapshot came; one that is older than what is left does not fit then.
    /// </summary>
    public long Dropped { get; private set; }

    public BookStep Apply(MarketMessage message)
    {
        if (NeedsSnapshot)
        {
            Buffer(new Change(message.FirstUpdateId, message.UpdateId, message.PreviousUpdateId, [.. message.Bids], [.. message.Asks]));
            return BookStep.Buffered;
        }

        return Apply(new Change(message.FirstUpdateId, message.UpdateId, message.PreviousUpdateId, message.Bids, message.Asks));
    }

    /// <summary>Whether a change is later than the one that the book waits for.</summary>
    public bool IsAhead(MarketMessage message) => IsLive && (isChained ? message.PreviousUpdateId : message.FirstUpdateId - 1) > last;

    /// <summary>
    /// Begins from a snapshot. False when it is older than what was buffered, or than what came since: another one is needed.
    /// </summary>
    public bool Begin(BookSnapshot snapshot)
    {
        Levels.Clear();
        Levels.Apply(snapshot.Bids, snapshot.Asks);
        (last, IsLive, NeedsSnapshot) = (snapshot.LastUpdateId, false, false);
        while (buffered.TryDequeue(out var change))
        {
            bufferedLevels -= change.Levels;
            if (Apply(change) == BookStep.Broken)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Forgets the book, as after a break of the connection.</summary>
    public void Reset()
    {
        Levels.Clear();
        buffered.Clear();
        bufferedLevels = 0;
        (last, IsLive, NeedsSnapshot) = (0, false, true);
    }

    private BookStep Apply(Change change)
    {
        if (!IsLive && (isChained ? change.Last < last : change.Last <= last))
        {
            return BookStep.Passed;
        }

        if (!Follows(change))
        {
            Reset();
            Buffer(change with { Bids = [.. change.Bids], Asks = [.. change.Asks] });
            return BookStep.Broken;
        }

        Levels.Apply(change.Bids, change.Asks);
        (last, IsLive) = (change.Last, true);
        Applied(this);
        return BookStep.Applied;
    }

    private void Buffer(Change change)
    {
        while (
            (buffered.Count >= MostBuffered || bufferedLevels + change.Levels > MostBufferedLevels) && buffered.TryDequeue(out var oldest)
        )
        {
            bufferedLevels -= oldest.Levels;
            Dropped++;
        }

        buffered.Enqueue(change);
        bufferedLevels += change.Levels;
    }

    private bool Follows(Change change)
    {
        if (!IsLive)
        {
            return isChained
                ? (change.First <= last && last <= change.Last) || change.Previous == last
                : change.First <= last + 1 && last + 1 <= change.Last;
        }

        return isChained ? change.Previous == last : change.First == last + 1;
    }

    private sealed record Change(long First, long Last, long Previous, IReadOnlyList<BookLevel> Bids, IReadOnlyList<BookLevel> Asks)
    {
        public int Levels => Bids.Count + Asks.Count;
    }
}
