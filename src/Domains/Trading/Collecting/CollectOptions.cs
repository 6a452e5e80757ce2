using Tradepost.Storage.Connections;
using Tradepost.Streams;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Filing;
using Tradepost.Trading.Simulating;
using Tradepost.Trading.Watching;

namespace Tradepost.Trading.Collecting;

/// <summary>What a collector records, and where to.</summary>
public sealed record CollectOptions
{
    /// <summary>One of <see cref="CollectService.Exchanges"/>.</summary>
    public string Exchange { get; init; } = "binance-futures";

    internal IReadOnlyList<Exchange> Known { get; init; } = ExchangeList.All;

    /// <summary>Whether somebody asked for that exchange, and not for whichever a recording is of.</summary>
    public bool IsExchangeGiven { get; init; }

    /// <summary>In the exchange's spelling; empty for all of a replay.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>Whether to keep order books from the stream of their changes, and compare them with the quotes.</summary>
    public bool Depth { get; init; }

    /// <summary>Whether to record aggregate trades.</summary>
    public bool Trades { get; init; }

    internal Subscription Subscription =>
        Subscription.Quotes | (Depth ? Subscription.Depth : Subscription.None) | (Trades ? Subscription.Trades : Subscription.None);

    /// <summary>Another address for the streams than the exchange's own.</summary>
    public Uri? Stream { get; init; }

    /// <summary>Another address for snapshots of order books.</summary>
    public Uri? Rest { get; init; }

    /// <summary>A recorded file in the place of the exchange; null for the exchange itself.</summary>
    public ReplayOptions? Replay { get; init; }

    /// <summary>The simulator's market, where that is the exchange.</summary>
    public SimulationOptions Simulation { get; init; } = new();

    /// <summary>The folder of the log.</summary>
    public required string LogFolder { get; init; }

    /// <summary>Where the log is moved to. Files are in a folder beside it.</summary>
    public StorageKind Storage { get; init; }

    /// <summary>A ClickHouse database that the log is moved to besides; null for none.</summary>
    public ClickHouseUrl? Analytics { get; init; }

    /// <summary>A Kafka cluster that the log is published to besides; null for none.</summary>
    public KafkaBrokers? Kafka { get; init; }

    /// <summary>Where what comes is shown at once, in the process of a server; null for nowhere.</summary>
    public LiveBoard? Board { get; init; }

    public LogOptions Log { get; init; } = new();

    /// <summary>Days of quotes to keep in the store; null for all.</summary>
    public int? RetainedDays { get; init; }

    /// <summary>How long connections are kept; null for what the exchange allows.</summary>
    public TimeSpan? ConnectionLifetime { get; init; }

    public WatchdogOptions Watchdog { get; init; } = new();

    /// <summary>How long few quotes are gathered before they are written.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromMilliseconds(100);
}
