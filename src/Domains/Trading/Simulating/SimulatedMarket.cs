using System.Buffers;
using System.Text.Json;
using Tradepost.Storage;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Sockets;

namespace Tradepost.Trading.Simulating;

/// <summary>
/// A market of symbols that do not exist, served on the loopback address. What it sends follows from the seed; when, from the clock.
/// </summary>
internal sealed class SimulatedMarket : IAsyncDisposable
{
    private const int LongestFrame = 512;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestTick = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource stopping = new();
    private readonly SimulatorExchange exchange = new();
    private readonly List<SimulatedSymbol> symbols;
    private readonly TimeProvider clock;
    private readonly FrameServer server;
    private readonly Task trading;

    /// <summary>Opens the market; quotes begin with the first client.</summary>
    public SimulatedMarket(IEnumerable<string> symbols, SimulationOptions options, TimeProvider clock)
    {
        this.clock = clock;

        // Numbers go on from one market to the next, as an exchange's do.
        var firstId = clock.Microseconds();
        this.symbols =
        [
            .. symbols.Select((symbol, index) => new SimulatedSymbol(symbol, options.Rate, (options.Seed * 1_000_003) + index, firstId)),
        ];
        server = new FrameServer(new ServedProtocol(Subscribe, (path, _) => Task.FromResult(Answer(path))));
        trading = Task.Run(TradeAsync);
    }

    /// <summary>Where streams are had.</summary>
    public Uri Stream => server.Stream;

    /// <summary>Quotes that were made.</summary>
    public long Made { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await trading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await server.DisposeAsync();
        stopping.Dispose();
    }

    private ServedSubscription? Subscribe(ReadOnlyMemory<byte> request)
    {
        var subscription = exchange.ReadSubscription(request);
        foreach (var symbol in symbols.Where(symbol => subscription?.Streams.Contains(symbol.BookStream) == true))
        {
            symbol.OpenBook();
        }

        return subscription;
    }

    /// <summary>The snapshot of a book, to a path such as <c>/depth?symbol=SIM01</c>.</summary>
    private ServedAnswer Answer(string path)
    {
        var name = exchange.SymbolAsked(path);
        if (symbols.Find(symbol => symbol.Symbol == name) is not { } asked)
        {
            return new ServedAnswer("404 Not Found", exchange.RefuseSnapshot(isTooMany: false));
        }

        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            asked.WriteSnapshot(json);
        }

        return new ServedAnswer("200 OK", body.WrittenSpan.ToArray());
    }

    private async Task TradeAsync()
    {
        var token = stopping.Token;
        var frame = new byte[LongestFrame];
        var changes = new ArrayBufferWriter<byte>();
        await server.FirstSubscriber.WaitAsync(token);
        for (var last = clock.GetTimestamp(); ; )
        {
            await Task.Delay(Tick, clock, token);
            var now = clock.GetTimestamp();
            var passed = clock.GetElapsedTime(last, now);
            last = now;
            foreach (var symbol in symbols)
            {
                var arrivals = symbol.Arrivals(Math.Min(passed.TotalSeconds, LongestTick.TotalSeconds));
                for (var left = arrivals; left > 0; left--)
                {
                    await server.SendAsync(symbol.Stream, frame.AsMemory(0, symbol.Next(clock.Microseconds(), frame)), token);
                    Made++;
                }

                if (arrivals > 0 && symbol.HasBook)
                {
                    changes.ResetWrittenCount();
                    using (var json = new Utf8JsonWriter(changes))
                    {
                        symbol.WriteChanges(clock.Microseconds(), json);
                    }

                    await server.SendAsync(symbol.BookStream, changes.WrittenMemory, token);
                }
            }
        }
    }
}
