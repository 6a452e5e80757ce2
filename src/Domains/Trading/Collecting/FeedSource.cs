using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Replaying;
using Tradepost.Trading.Simulating;

namespace Tradepost.Trading.Collecting;

/// <summary>What a collector connects to: an exchange, or a server in this process that speaks as one.</summary>
internal sealed class FeedSource : IAsyncDisposable
{
    private readonly IAsyncDisposable? server;

    private FeedSource(Exchange exchange, IReadOnlyList<string> symbols, IAsyncDisposable? server = null) =>
        (Exchange, Symbols, this.server) = (exchange, symbols, server);

    public Exchange Exchange { get; }

    public IReadOnlyList<string> Symbols { get; }

    /// <summary>Completes when nothing more will come; null for what has no end.</summary>
    public Task? Ended { get; private init; }

    /// <summary>Begins to serve where that is to be done here.</summary>
    /// <exception cref="RecordingException">The file of a replay cannot be read to its end.</exception>
    public static FeedSource Open(CollectOptions options, TimeProvider clock)
    {
        if (options.Exchange == CollectService.Simulator)
        {
            if (options.Stream is { } elsewhere)
            {
                return new FeedSource(new SimulatorExchange(elsewhere), options.Symbols);
            }

            var market = new SimulatedMarket(options.Symbols, options.Simulation, clock);
            return new FeedSource(new SimulatorExchange(market.Stream), options.Symbols, market);
        }

        var binance = BinanceMarket.Named(options.Exchange);
        if (options.Replay is not { } replay)
        {
            return new FeedSource(new BinanceExchange(binance, options.Stream, options.Rest), options.Symbols);
        }

        var file = new BinanceExchange(binance);
        var recorded = Recording.Examine(replay.File, file);
        var player = new ReplayServer(
            new BinanceExchange(binance),
            Recording.Read(replay.File, file),
            replay.Speed,
            replay.Faults.Select(text => Fault.Parse(text) ?? throw new FormatException($"'{text}' is no fault.")),
            clock
        );
        return new FeedSource(
            new BinanceExchange(binance, player.Stream, player.Rest),
            options.Symbols.Count > 0 ? options.Symbols : recorded.Symbols,
            player
        )
        {
            Ended = EndAsync(player),
        };
    }

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>The connections are closed behind the last frame, so that whoever sees their end has everything.</summary>
    private static async Task EndAsync(ReplayServer server)
    {
        await server.Playing;
        server.CloseAll();
    }
}
