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

    /// <summary>Whether it was recorded, so that its times say nothing of this machine's clock.</summary>
    public bool IsReplay { get; private init; }

    /// <summary>What of a recording is not played, in a sentence; null when everything is.</summary>
    public string? LeftOut { get; private init; }

    /// <summary>Begins to serve where that is to be done here.</summary>
    /// <exception cref="RecordingException">The file of a replay cannot be read to its end.</exception>
    public static FeedSource Open(CollectOptions options, TimeProvider clock)
    {
        var exchange = options.Known.Named(options.Exchange);
        if (options.Replay is { } replay)
        {
            return Recording.IsTape(replay.File) ? OpenTape(options, replay, clock) : OpenCapture(options, replay, exchange, clock);
        }

        if (options is { Exchange: SimulatorExchange.ExchangeName, Stream: null })
        {
            var market = new SimulatedMarket(options.Symbols, options.Simulation, clock);
            return new FeedSource(exchange.At(market.Stream), options.Symbols, market);
        }

        return new FeedSource(exchange.At(options.Stream, options.Rest), options.Symbols);
    }

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static FeedSource OpenCapture(CollectOptions options, ReplayOptions replay, Exchange exchange, TimeProvider clock)
    {
        var recording = Recording.Open(replay.File, exchange);
        var symbols = SymbolsOf(options, replay, recording.Summary);
        var player = Play(recording, replay, exchange.At(), symbols, options.Subscription, clock);
        return new FeedSource(exchange.At(player.Stream, player.Rest), symbols, player) { Ended = EndAsync(player), IsReplay = true };
    }

    /// <summary>Quotes of a file are those of the exchanges that it names, which speak one protocol here.</summary>
    private static FeedSource OpenTape(CollectOptions options, ReplayOptions replay, TimeProvider clock)
    {
        var recording = new TapeRecording(replay.File, new TapedExchange([]));
        if (
            options.Subscription != Subscription.Quotes
            || (options.IsExchangeGiven && recording.Markets.Any(market => market.Exchange != options.Exchange))
        )
        {
            throw new RecordingException(
                options.Subscription != Subscription.Quotes
                    ? $"{replay.File} has quotes and nothing else; leave --depth and --trades out."
                    : $"{replay.File} names the exchange of each of its rows ({string.Join(", ", recording.Markets.Select(market => market.Exchange).Distinct().Order(StringComparer.Ordinal))}); leave --exchange out."
            )
            {
                ExitCode = 2,
            };
        }

        var symbols = SymbolsOf(options, replay, recording.Summary);
        var player = Play(recording, replay, new TapedExchange(recording.Markets), symbols, options.Subscription, clock);
        return new FeedSource(new TapedExchange(recording.Markets, player.Stream), symbols, player)
        {
            Ended = EndAsync(player),
            IsReplay = true,
            LeftOut = recording.Summary.LeftOut,
        };
    }

    private static ReplayServer Play(
        Recording recording,
        ReplayOptions replay,
        Exchange exchange,
        IReadOnlyList<string> symbols,
        Subscription subscription,
        TimeProvider clock
    ) =>
        new(
            exchange,
            recording.Frames,
            replay.Speed,
            ReplayService.FaultsOf(replay.Faults, recording.Summary),
            clock,
            awaited: [.. symbols.SelectMany(symbol => exchange.StreamsOf(symbol, subscription)).Select(stream => stream.Stream)]
        );

    private static IReadOnlyList<string> SymbolsOf(CollectOptions options, ReplayOptions replay, RecordingSummary summary) =>
        options.Symbols.Count == 0 ? summary.Symbols
        : options.Symbols.FirstOrDefault(symbol => !summary.Symbols.Contains(symbol)) is { } missing
            ? throw new RecordingException($"{replay.File} has nothing of {missing}; it has {string.Join(", ", summary.Symbols)}.")
            {
                ExitCode = 2,
            }
        : options.Symbols;

    /// <summary>The connections are closed behind the last frame, so that whoever sees their end has everything.</summary>
    private static async Task EndAsync(ReplayServer server)
    {
        await server.Playing;
        server.CloseAll();
    }
}
