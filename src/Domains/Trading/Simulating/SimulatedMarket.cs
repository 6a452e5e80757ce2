using System.Text.Json;
using Tradepost.Trading.Collecting;
using Tradepost.Trading.Serving;

namespace Tradepost.Trading.Simulating;

/// <summary>A market of symbols that do not exist, served on the loopback address. What it sends follows from the seed; when, from the clock.</summary>
internal sealed class SimulatedMarket : IAsyncDisposable
{
    private const int LongestFrame = 256;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestTick = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource stopping = new();
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
        this.symbols = [.. symbols.Select((symbol, index) => new SimulatedSymbol(symbol, options.Rate, (options.Seed * 1_000_003) + index, firstId))];
        server = new FrameServer(new ServedProtocol(
            Subscribe, (_, _) => Task.FromResult(new ServedAnswer("404 Not Found", "{\"op\":\"refused\",\"reason\":\"there are no order books\"}"u8.ToArray()))));
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

    private static ServedSubscription? Subscribe(ReadOnlyMemory<byte> request)
    {
        using var document = JsonDocument.Parse(request);
        return new ServedSubscription(
            [.. document.RootElement.GetProperty("topics").EnumerateArray().Select(topic => topic.GetString()!)],
            JsonSerializer.SerializeToUtf8Bytes(new { op = "subscribed", id = document.RootElement.GetProperty("id").GetInt64() }));
    }

    private async Task TradeAsync()
    {
        var token = stopping.Token;
        var frame = new byte[LongestFrame];
        await server.FirstSubscriber.WaitAsync(token);
        for (var last = clock.GetTimestamp(); ;)
        {
            await Task.Delay(Tick, clock, token);
            var now = clock.GetTimestamp();
            var passed = clock.GetElapsedTime(last, now);
            last = now;
            foreach (var symbol in symbols)
            {
                for (var left = symbol.Arrivals(Math.Min(passed.TotalSeconds, LongestTick.TotalSeconds)); left > 0; left--)
                {
                    await server.SendAsync(symbol.Stream, frame.AsMemory(0, symbol.Next(clock.Microseconds(), frame)), token);
                    Made++;
                }
            }
        }
    }
}
