using Microsoft.Extensions.Logging;
using Tradepost.Storage;
using Tradepost.Streams;
using Tradepost.Trading.Books;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Quotes;
using Tradepost.Trading.Tapes;
using Tradepost.Trading.Watching;

namespace Tradepost.Trading.Collecting;

/// <summary>
/// Takes the frames of connections and puts what is new into the log: quotes, trades and gaps; keeps the order books. Connections may
/// overlap: each update is recorded once.
/// </summary>
internal sealed partial class Intake : ILiveCollector, IAsyncDisposable
{
    private readonly Exchange exchange;
    private readonly DurableLog log;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly SemaphoreSlim gate = new(1);
    private readonly CancellationTokenSource ending = new();
    private readonly MarketMessage message = new();
    private readonly Dictionary<string, Feed> feeds;
    private readonly Dictionary<string, SymbolBook> books;
    private readonly ClockOffset offset = new();
    private readonly Dictionary<string, string?> spellings = new(StringComparer.Ordinal);
    private readonly byte[] buffer = new byte[1024];
    private readonly long began;
    private bool isFull;

    public Intake(
        Exchange exchange,
        IEnumerable<Feed> feeds,
        DurableLog log,
        TimeProvider clock,
        ILogger logger,
        Func<string, CancellationToken, Task<BookSnapshot>> fetch
    )
    {
        (this.exchange, this.log, this.clock, this.logger) = (exchange, log, clock, logger);
        this.feeds = feeds.ToDictionary(feed => feed.Stream, StringComparer.Ordinal);
        books = this
            .feeds.Values.Where(feed => feed.Kind == Subscription.Depth)
            .ToDictionary(
                feed => feed.Symbol,
                feed => new SymbolBook(exchange.IsChained, token => fetch(feed.Symbol, token), gate, clock, logger, ending.Token),
                StringComparer.Ordinal
            );
        began = clock.Microseconds();
    }

    /// <summary>Where the last quotes are shown; null for nowhere.</summary>
    public LiveBoard? Board { get; init; }

    /// <summary>The name of the exchange.</summary>
    public string Exchange => exchange.Name;

    public IReadOnlyCollection<Feed> Feeds => feeds.Values;

    public IReadOnlyDictionary<string, SymbolBook> Books => books;

    public ClockOffset Offset => offset;

    /// <summary>Quotes and trades that were recorded.</summary>
    public long Recorded { get; private set; }

    private bool IsRow => message.Kind is MessageKind.Quote or MessageKind.Trade;

    /// <summary>What the log had no room for.</summary>
    public long Lost { get; private set; }

    /// <summary>Quotes that had come before.</summary>
    public long Repeated { get; private set; }

    /// <summary>Whether the exchange's times are of now, so that they can be compared with this machine's clock.</summary>
    public bool WatchesClock { get; init; } = true;

    /// <summary>Takes a frame; gives the feed that it belongs to, and null when it is none's.</summary>
    /// <param name="frame">As it came.</param>
    /// <param name="local">When it came, in microseconds since 1970.</param>
    /// <param name="isSecond">Whether another connection brings the same feeds, which may still bring what comes before this frame.</param>
    public async ValueTask<(MessageKind Kind, Feed? Feed)> TakeAsync(
        ReadOnlyMemory<byte> frame,
        long local,
        bool isSecond,
        CancellationToken cancellationToken
    )
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (!TryRead(frame.Span, out var feed))
            {
                return (MessageKind.Other, null);
            }

            if (message.Kind == MessageKind.Refusal)
            {
                LogRefused(logger, exchange.Name, message.Reason);
            }

            if (feed is not null && !(isSecond && IsAhead(feed)))
            {
                await TakeAsync(feed, local, cancellationToken);
            }

            return (message.Kind, feed);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Notes that something may be missing of these feeds until they are heard again.</summary>
    public async Task MissAsync(IEnumerable<Feed> missed, string reason, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            foreach (var feed in missed)
            {
                feed.Miss(reason, began);
                if (feed.Kind == Subscription.Depth)
                {
                    books[feed.Symbol].Reset();
                }
            }
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Ends what it fetches; what went wrong there in a way that nobody foresaw is thrown.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!ending.IsCancellationRequested)
        {
            await ending.CancelAsync();
            await Task.WhenAll(books.Values.Select(book => book.Fetching));
            ending.Dispose();
            gate.Dispose();
        }
    }

    private bool TryRead(ReadOnlySpan<byte> frame, out Feed? feed)
    {
        feed = null;
        try
        {
            exchange.Read(frame, message);
            feed = message.Stream.Length > 0 ? feeds.GetValueOrDefault(message.Stream) : null;
            if (feed is not null)
            {
                Check(feed);
            }

            return true;
        }
        catch (FormatException e)
        {
            CollectorMetrics.Malformed.Add(1);
            LogMalformed(logger, exchange.Name, e.Message);

            // A frame whose stream can still be read tells whose quote is missing; of any other it may be everybody's.
            var text = System.Text.Encoding.UTF8.GetString(frame);
            var owners = feed is not null
                ? [feed]
                : feeds.Values.Where(one => text.Contains(one.Stream, StringComparison.Ordinal)).ToList();
            foreach (var owner in owners.Count > 0 ? owners : [.. feeds.Values])
            {
                owner.Miss(GapReason.Malformed, began);
            }

            feed = null;
            return false;
        }
    }

    /// <summary>What is recorded is what the tables and whoever reads the files take: the same rules hold for both.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    private void Check(Feed feed)
    {
        if (message.Kind != MessageKind.Depth && !IsRow)
        {
            return;
        }

        if (!spellings.TryGetValue(message.Symbol, out var symbol))
        {
            spellings[message.Symbol] = symbol = exchange.Spell(feed.Exchange, message.Symbol);
        }

        message.Symbol = symbol ?? throw new FormatException($"its symbol is '{message.Symbol}'; expected is {Names.ExpectedSymbol}");
        var defect = message.Kind switch
        {
            _ when message.Timestamp > 0 && !QuoteRules.IsTime(message.Timestamp) => Defect.TimestampOutOfRange,
            MessageKind.Quote => QuoteRules.OfQuote(message.AskAmount, message.AskPrice, message.BidPrice, message.BidAmount),
            MessageKind.Trade => QuoteRules.OfTrade(message.Price, message.Amount),
            _ => Defect.None,
        };
        if (!defect.IsTaken())
        {
            throw new FormatException($"a {message.Kind.ToString().ToLowerInvariant()} of {message.Symbol} is none ({defect.Name()})");
        }
    }

    /// <summary>Whether what comes before the message has not come yet.</summary>
    private bool IsAhead(Feed feed) =>
        message.Kind == MessageKind.Depth
            ? books[feed.Symbol].Book.IsAhead(message)
            : IsRow && !exchange.Follows(message, feed.LastUpdateId);

    private async ValueTask TakeAsync(Feed feed, long local, CancellationToken cancellationToken)
    {
        if (message.Kind != MessageKind.Depth && !IsRow || !IsNew(feed, local))
        {
            return;
        }

        if (IsRow && !exchange.Follows(message, feed.LastUpdateId))
        {
            feed.Miss(GapReason.Sequence, began);
        }

        await EndGapAsync(feed, local, cancellationToken);
        switch (message.Kind)
        {
            case MessageKind.Quote:
                var quote = QuoteOf(feed, feed.Stamp(local));
                await RecordAsync(feed, QuoteRecords.Write(buffer, quote), local, cancellationToken);
                feed.Ticker.Add(quote, Board?.Next() ?? 0);
                Observe(local);
                break;
            case MessageKind.Trade:
                await RecordAsync(feed, QuoteRecords.Write(buffer, TradeOf(feed, feed.Stamp(local))), local, cancellationToken);
                break;
            default:
                feed.Hear(local, message.Timestamp, message.UpdateId);
                if (books[feed.Symbol].Apply(message) == BookStep.Broken)
                {
                    feed.Miss(GapReason.Sequence, began);
                }

                break;
        }
    }

    /// <summary>
    /// Whether it has not come before. Where the exchange counts anew, what came between is missing and the numbers of before say nothing.
    /// </summary>
    private bool IsNew(Feed feed, long local)
    {
        if (feed.HasBegunAnew(message.Timestamp, local, message.UpdateId))
        {
            LogCountedAnew(logger, feed.Symbol, feed.KindName, message.UpdateId, feed.LastUpdateId);
            feed.Miss(GapReason.Sequence, began);
            feed.BeginAnew();
            if (books.TryGetValue(feed.Symbol, out var book))
            {
                book.Agreement.Reset();
            }
        }

        if (feed.IsNew(message.UpdateId))
        {
            return true;
        }

        if (message.Kind == MessageKind.Quote)
        {
            Repeated++;
            CollectorMetrics.Repeated.Add(1);
        }

        return false;
    }

    private Quote QuoteOf(Feed feed, long local) =>
        new(
            feed.Exchange,
            message.Symbol,
            exchange.HasUpdateIds ? message.UpdateId : 0,
            message.Timestamp > 0 ? message.Timestamp : local,
            local,
            message.AskAmount,
            message.AskPrice,
            message.BidPrice,
            message.BidAmount
        );

    private Trade TradeOf(Feed feed, long local) =>
        new(
            feed.Exchange,
            message.Symbol,
            message.UpdateId,
            message.Timestamp > 0 ? message.Timestamp : local,
            local,
            message.IsSell,
            message.Price,
            message.Amount
        );

    private async ValueTask RecordAsync(Feed feed, int length, long local, CancellationToken cancellationToken)
    {
        if (await log.AppendAsync(buffer.AsMemory(0, length), cancellationToken) is null)
        {
            Lost++;
            CollectorMetrics.Lost.Add(1);
            if (!isFull)
            {
                isFull = true;
                LogFull(logger, log.Bytes, log.Failure?.Message ?? "its budget is used up");
            }

            feed.Miss(GapReason.LogFull, began);
            return;
        }

        if (isFull)
        {
            isFull = false;
            LogRoom(logger, Lost);
        }

        Recorded++;
        CollectorMetrics.Received.Add(1);
        feed.Hear(local, message.Timestamp, message.UpdateId);
    }

    /// <summary>
    /// Writes down the gap that the message ends, before the message: whoever is killed between the two finds the gap there, or still open.
    /// </summary>
    private async ValueTask EndGapAsync(Feed feed, long local, CancellationToken cancellationToken)
    {
        if (feed.Gap is not { } open)
        {
            return;
        }

        var gap = new Gap(
            feed.Exchange,
            feed.Symbol,
            feed.KindName,
            open.From,
            local,
            exchange.HasUpdateIds ? open.UpdateId : 0,
            exchange.HasUpdateIds ? message.UpdateId : 0,
            open.Reason
        );
        if (await log.AppendAsync(buffer.AsMemory(0, QuoteRecords.Write(buffer, gap)), cancellationToken) is null)
        {
            return;
        }

        feed.EndGap();
        CollectorMetrics.Gaps.Add(1, CollectorMetrics.Reason(open.Reason));
        LogGap(logger, feed.Symbol, feed.KindName, (local - open.From) / 1e6, open.Reason);
    }

    private void Observe(long local)
    {
        if (books.TryGetValue(message.Symbol, out var book))
        {
            book.Agreement.Quote(
                message.UpdateId,
                new BookLevel(message.BidPrice, message.BidAmount),
                new BookLevel(message.AskPrice, message.AskAmount)
            );
        }

        if (WatchesClock && message.Timestamp > 0 && offset.Add(message.Timestamp, local) && offset.IsSuspicious)
        {
            LogClock(logger, exchange.Name, offset.Estimate!.Value.TotalSeconds);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A frame of {Exchange} could not be read: {Problem}.")]
    private static partial void LogMalformed(ILogger logger, string exchange, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Exchange} refuses a request: {Reason}.")]
    private static partial void LogRefused(ILogger logger, string exchange, string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Symbol} {Stream} counts its updates anew, from {Number} after {Last}; what came between may be missing."
    )]
    private static partial void LogCountedAnew(ILogger logger, string symbol, string stream, long number, long last);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The log takes no more ({Bytes} bytes): {Reason}. What comes until there is room is lost and stands in collector_gaps."
    )]
    private static partial void LogFull(ILogger logger, long bytes, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The log has room again; {Lost} quotes were lost since the collector began.")]
    private static partial void LogRoom(ILogger logger, long lost);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Symbol} {Stream} had a gap of {Seconds:0.000} s: {Reason}.")]
    private static partial void LogGap(ILogger logger, string symbol, string stream, double seconds, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "This machine's clock and that of {Exchange} seem {Seconds:0.000} s apart.")]
    private static partial void LogClock(ILogger logger, string exchange, double seconds);
}
