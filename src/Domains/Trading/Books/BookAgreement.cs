using Tradepost.Trading.Exchanges;

namespace Tradepost.Trading.Books;

/// <summary>
/// How often the best prices of a book that was rebuilt from changes are those of the quotes: two streams of the exchange that have to say
/// the same. After a change the book is as the last quote of no later update said, which is known once a later quote has come.
/// </summary>
internal sealed class BookAgreement
{
    private const int Remembered = 4_096;

    private readonly Best[] quotes = new Best[Remembered];
    private readonly Queue<Best> waiting = new();
    private long count;

    /// <summary>Changes that could be compared.</summary>
    public long Compared { get; private set; }

    /// <summary>Those after which book and quotes said the same price and amount on both sides.</summary>
    public long Agreed { get; private set; }

    /// <summary>The share that agreed; 1 while nothing was compared.</summary>
    public double Share => Compared == 0 ? 1 : (double)Agreed / Compared;

    /// <summary>Notes a quote; they come in the order of their updates.</summary>
    public void Quote(long updateId, BookLevel bid, BookLevel ask)
    {
        quotes[count++ % Remembered] = new Best(updateId, bid, ask);
        while (waiting.TryPeek(out var change) && change.UpdateId < updateId)
        {
            Compare(waiting.Dequeue());
        }
    }

    /// <summary>Notes the best prices of a book after a change.</summary>
    public void Change(LiveBook book)
    {
        if (book is not { IsLive: true, Levels: { BestBid: { } bid, BestAsk: { } ask } })
        {
            return;
        }

        var change = new Best(book.LastUpdateId, bid, ask);
        if (count > 0 && quotes[(count - 1) % Remembered].UpdateId > change.UpdateId)
        {
            Compare(change);
        }
        else
        {
            waiting.Enqueue(change);
        }

        while (waiting.Count > Remembered)
        {
            waiting.Dequeue();
        }
    }

    /// <summary>Compares what still waits, because no later quote will come.</summary>
    public void Complete()
    {
        while (waiting.TryDequeue(out var change))
        {
            Compare(change);
        }
    }

    /// <summary>Forgets what waits, as after a break of either stream.</summary>
    public void Reset()
    {
        waiting.Clear();
        count = 0;
    }

    private void Compare(Best change)
    {
        for (var i = count - 1; i >= 0 && i > count - Remembered; i--)
        {
            if (quotes[i % Remembered] is var quote && quote.UpdateId <= change.UpdateId)
            {
                Compared++;
                Agreed += quote.Bid == change.Bid && quote.Ask == change.Ask ? 1 : 0;
                return;
            }
        }
    }

    private readonly record struct Best(long UpdateId, BookLevel Bid, BookLevel Ask);
}
