using Tradepost.Trading.Exchanges;

namespace Tradepost.Trading.Collecting;

/// <summary>One stream of a symbol that is recorded, and what is known of how it flows.</summary>
/// <param name="exchange">Whose rows it brings.</param>
internal sealed class Feed(string stream, string exchange, string symbol, Subscription kind)
{
    // How far clocks of an exchange's servers are apart, and how long a slow connection may bring what another has brought.
    private const long ServersApart = 1_000_000;
    private const long Overlapping = 60_000_000;

    // So short a time back is the same moment seen twice, and no clock that was set.
    private const long SameMoment = 1_000;

    private readonly Arrivals arrivals = new();
    private RecentIds seen = new();
    private long lastStamp;
    private long lastTimestamp;
    private long heardHere;

    /// <summary>The last quote of a stream of quotes.</summary>
    public Ticker Ticker { get; } = new();

    public string Stream => stream;

    public string Exchange => exchange;

    public string Symbol => symbol;

    public Subscription Kind => kind;

    /// <summary>In the words of the gap ledger.</summary>
    public string KindName => kind.ToString().ToLowerInvariant();

    /// <summary>When it was heard last, in microseconds since 1970; 0 for never.</summary>
    public long LastLocal { get; private set; }

    public long LastUpdateId { get; private set; }

    /// <summary>Since when, and why, something may be missing; ended with the next message.</summary>
    public OpenGap? Gap { get; private set; }

    /// <summary>How often a silence led to a new connection without ending it; the patience doubles with each.</summary>
    public int Impatience { get; private set; }

    /// <summary>Continues from what was recorded before.</summary>
    public void Continue(in LastHeard.Update update)
    {
        (LastLocal, LastUpdateId) = (Math.Max(LastLocal, update.Local), Math.Max(LastUpdateId, update.Id));
        lastTimestamp = Math.Max(lastTimestamp, update.Timestamp);
        seen.TryAdd(update.Id);
    }

    /// <summary>
    /// The moment that a row of it gets: when it came, and never that of the row before, so that two rows that are the same otherwise stay
    /// two.
    /// </summary>
    public long Stamp(long local)
    {
        lastStamp = local <= lastStamp && lastStamp - local < SameMoment ? lastStamp + 1 : local;
        return lastStamp;
    }

    /// <summary>How often an update came that had come before: while two connections overlap, how many both have brought.</summary>
    public long Repeats { get; private set; }

    /// <summary>Whether an update is new. Connections overlap, and exchanges repeat.</summary>
    public bool IsNew(long updateId)
    {
        if (seen.TryAdd(updateId))
        {
            return true;
        }

        Repeats++;
        return false;
    }

    /// <summary>
    /// Whether the exchange has begun to count anew: an update with a smaller number than the last one that is later than it, by the
    /// exchange's time, or, where it gives none, comes when nothing new has come for longer than two connections overlap.
    /// </summary>
    public bool HasBegunAnew(long timestamp, long local, long updateId) =>
        updateId < LastUpdateId
        && (
            timestamp > 0 ? lastTimestamp > 0 && timestamp > lastTimestamp + ServersApart : heardHere > 0 && local > heardHere + Overlapping
        );

    /// <summary>Forgets the numbers of before.</summary>
    public void BeginAnew() => (seen, LastUpdateId) = (new RecentIds(), 0);

    /// <summary>Notes a message.</summary>
    /// <param name="timestamp">The exchange's time; 0 where it gives none.</param>
    public void Hear(long local, long timestamp, long updateId)
    {
        arrivals.Add(local);
        (lastTimestamp, heardHere) = (Math.Max(timestamp, lastTimestamp), Math.Max(local, heardHere));
        (LastLocal, LastUpdateId, Impatience) = (Math.Max(local, LastLocal), Math.Max(LastUpdateId, updateId), 0);
    }

    /// <summary>From now on something may be missing. What it was first stays the reason.</summary>
    /// <param name="began">When it began for a stream that was never heard.</param>
    public void Miss(string reason, long began) => Gap ??= new OpenGap(reason, LastLocal > 0 ? LastLocal : began, LastUpdateId);

    public void EndGap() => Gap = null;

    /// <summary>Whether it has been silent for far longer than is usual for it.</summary>
    /// <param name="least">The shortest silence that counts, in microseconds.</param>
    public bool IsSilent(long now, long least) =>
        arrivals.IsUsual && now - LastLocal > Math.Max(least, arrivals.LongestUsual) << Math.Min(Impatience, 16);

    public void LosePatience() => Impatience++;

    /// <summary>A gap that nothing has ended yet; its beginning is in microseconds since 1970.</summary>
    public sealed record OpenGap(string Reason, long From, long UpdateId);
}
