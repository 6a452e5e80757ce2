using Microsoft.Extensions.Logging;
using Tradepost.Storage.Retrying;
using Tradepost.Trading.Books;
using Tradepost.Trading.Exchanges;

namespace Tradepost.Trading.Collecting;

/// <summary>A symbol's order book with the fetching of its snapshots. Called within the intake's gate.</summary>
internal sealed partial class SymbolBook
{
    // An answer of the exchange that asks to wait is heeded below this; here it is a snapshot that is too old, or makes no sense.
    private static readonly RetryPolicy Asking = RetryPolicy.Endless(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(32)) with
    {
        Jitter = 0.5,
    };

    private readonly Func<CancellationToken, Task<BookSnapshot>> fetch;
    private readonly SemaphoreSlim gate;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly LiveBook book;
    private readonly CancellationToken ending;
    private long dropped;
    private long droppedBefore; // when the snapshot was asked for that is waited for

    public SymbolBook(
        bool isChained,
        Func<CancellationToken, Task<BookSnapshot>> fetch,
        SemaphoreSlim gate,
        TimeProvider clock,
        ILogger logger,
        CancellationToken ending
    )
    {
        (this.fetch, this.gate, this.clock, this.logger, this.ending) = (fetch, gate, clock, logger, ending);
        book = new LiveBook(isChained) { Applied = Agreement.Change };
    }

    public BookAgreement Agreement { get; } = new();

    public LiveBook Book => book;

    /// <summary>The last fetching of a snapshot, which ends when the book has begun or the collector ends.</summary>
    public Task Fetching { get; private set; } = Task.CompletedTask;

    public BookStep Apply(MarketMessage message)
    {
        var step = book.Apply(message);
        if (step == BookStep.Broken)
        {
            Agreement.Reset();
        }

        if (book.Dropped > dropped)
        {
            CollectorMetrics.DroppedChanges.Add(book.Dropped - dropped);
            if (dropped == droppedBefore)
            {
                LogDropped(logger, message.Symbol);
            }

            dropped = book.Dropped;
        }

        if (book.NeedsSnapshot && Fetching.IsCompleted)
        {
            droppedBefore = dropped;
            Fetching = Task.Run(FetchAsync);
        }

        return step;
    }

    public void Reset()
    {
        book.Reset();
        Agreement.Reset();
    }

    /// <summary>
    /// Fetches until the book has begun, or all ends. Whatever goes wrong is said and tried again: without a snapshot the book never
    /// begins.
    /// </summary>
    private async Task FetchAsync()
    {
        try
        {
            await Asking.RunAsync(
                "book.snapshot",
                BeginAsync,
                _ => !ending.IsCancellationRequested,
                retry => LogLater(logger, retry.Failure.Message),
                clock,
                ending
            );
        }
        catch (Exception) when (ending.IsCancellationRequested)
        {
            // The collector ends, and what this waited for with it.
        }
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        var snapshot = await fetch(cancellationToken);
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (!book.Begin(snapshot))
            {
                throw new FormatException("it is older than the first update");
            }
        }
        finally
        {
            gate.Release();
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The order book of {Symbol} has waited too long for a snapshot: its oldest changes are dropped, and it begins with a later one."
    )]
    private static partial void LogDropped(ILogger logger, string symbol);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A snapshot of an order book was not had: {Problem}.")]
    private static partial void LogLater(ILogger logger, string problem);
}
