using Tradepost.Trading.Exchanges;

namespace Tradepost.Trading.Collecting;

/// <summary>One stream of a symbol that is recorded, and what is known of how it flows.</summary>
internal sealed class Feed(string stream, string symbol, Subscription kind)
{
    private readonly RecentIds seen = new();
    private readonly Arrivals arrivals = new();

    /// <summary>The last quote of a stream of quotes.</summary>
    public Ticker Ticker { get; } = new();

    public string Stream => stream;

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
    public void Continue(long lastLocal, long updateId)
    {
        (LastLocal, LastUpdateId) = (Math.Max(LastLocal, lastLocal), Math.Max(LastUpdateId, updateId));
        seen.TryAdd(updateId);
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

    /// <summary>Notes a message.</summary>
    public void Hear(long local, long updateId)
    {
        arrivals.Add(local);
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
