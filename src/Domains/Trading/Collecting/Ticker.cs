using Tradepost.Storage;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Collecting;

/// <summary>The last quote of a symbol, and how many came in the last minute.</summary>
internal sealed class Ticker
{
    private const int Seconds = 60;

    private readonly int[] counts = new int[Seconds];
    private long second;
    private long total;

    /// <summary>The last one that had both sides.</summary>
    public Quote Last { get; private set; }

    /// <summary>The number of the last quote among all that came; 0 before the first.</summary>
    public long Number { get; private set; }

    public void Add(in Quote quote, long number)
    {
        Advance(quote.LocalTimestamp);
        counts[second % Seconds]++;
        total++;
        (Last, Number) = quote is { HasAsk: true, HasBid: true } ? (quote, number) : (Last, Number);
    }

    /// <summary>Quotes of the minute up to a moment, by whole seconds.</summary>
    public long PerMinute(long now)
    {
        Advance(now);
        return total;
    }

    private void Advance(long now)
    {
        var to = now / Moment.Second;
        for (var passed = Math.Min(to - second, Seconds); passed > 0; passed--)
        {
            ref var oldest = ref counts[(to - passed + 1) % Seconds];
            total -= oldest;
            oldest = 0;
        }

        second = Math.Max(second, to);
    }
}
