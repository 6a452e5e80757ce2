using Microsoft.Extensions.Logging;
using Tradepost.Trading.Books;
using Tradepost.Trading.Exchanges;

namespace Tradepost.Trading.Collecting;

/// <summary>A symbol's order book with the fetching of its snapshots. Called within the intake's gate.</summary>
internal sealed partial class SymbolBook
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Func<Task<BookSnapshot>> fetch;
    private readonly SemaphoreSlim gate;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly LiveBook book;
    private bool isFetching;

    public SymbolBook(bool isChained, Func<Task<BookSnapshot>> fetch, SemaphoreSlim gate, TimeProvider clock, ILogger logger)
    {
        (this.fetch, this.gate, this.clock, this.logger) = (fetch, gate, clock, logger);
        book = new LiveBook(isChained) { Applied = Agreement.Change };
    }

    public BookAgreement Agreement { get; } = new();

    public LiveBook Book => book;

    public BookStep Apply(MarketMessage message)
    {
        var step = book.Apply(message);
        if (step == BookStep.Broken)
        {
            Agreement.Reset();
        }

        if (book.NeedsSnapshot && !isFetching)
        {
            isFetching = true;
            _ = Task.Run(FetchAsync);
        }

        return step;
    }

    public void Reset()
    {
        book.Reset();
        Agreement.Reset();
    }

    /// <summary>Fetches until the book has begun; the exchange may ask to wait longer, and a snapshot may be too old.</summary>
    private async Task FetchAsync()
    {
        while (true)
        {
            var pause = Pause;
            try
            {
                var snapshot = await fetch();
                await gate.WaitAsync();
                try
                {
                    if (book.Begin(snapshot))
                    {
                        isFetching = false;
                        return;
                    }
                }
                finally
                {
                    gate.Release();
                }
            }
            catch (RetryLaterException e)
            {
                pause = e.Pause;
                LogLater(logger, e.Message);
            }
            catch (Exception e) when (e is HttpRequestException or FormatException or TimeoutException or TaskCanceledException)
            {
                LogLater(logger, e.Message);
            }
            catch (ObjectDisposedException)
            {
                return;
            }

            await Task.Delay(pause, clock);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A snapshot of an order book was not had: {Problem}.")]
    private static partial void LogLater(ILogger logger, string problem);
}
