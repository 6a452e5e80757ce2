using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Serving.Commands;
using Tradepost.Streams;
using Tradepost.Trading.Collecting;
using Tradepost.Trading.Filing;
using Tradepost.Trading.Simulating;
using Tradepost.Trading.Watching;

namespace Tradepost.Trading.Commands;

/// <summary>
/// <c>trading collect</c>: records an exchange's quotes until it is stopped. A service like <c>worker</c>, which goes on without the store.
/// </summary>
internal static class CollectCommand
{
    private const int SimulatedSymbols = 10;

    public static HandledCommand Create() =>
        HandledCommand.Of<CollectCommandOptions>(
            "collect",
            "Record an exchange's quotes without losing one, until stopped.",
            (given, session, cancellationToken) =>
            {
                var options = OptionsOf(given, session);
                Refuse(options, given);
                return RunAsync(session, options, given.Log, cancellationToken);
            }
        );

    private static CollectOptions OptionsOf(CollectCommandOptions given, Session session)
    {
        var exchange = Known(given.Exchange ?? ReplayCommand.DefaultExchange);
        var usual = new SimulationOptions();
        return new CollectOptions
        {
            Exchange = exchange,
            IsExchangeGiven = given.Exchange is not null,
            Symbols = Symbols(given.Symbols, exchange, given.Replay),
            Depth = given.Depth,
            Trades = given.Trades,
            Stream = Address("--stream-url", given.StreamUrl, "ws", "wss"),
            Rest = Address("--rest-url", given.RestUrl, "http", "https"),
            Storage = given.Storage,
            Analytics = session.Settings.Analytics,
            Kafka = session.Settings.Kafka,
            Replay = given.Replay is { } file ? new ReplayOptions(file, given.Speed ?? 1, ReplayCommand.Faults(given.Fault)) : null,
            Simulation = new SimulationOptions { Rate = given.Rate ?? usual.Rate, Seed = given.Seed ?? usual.Seed },
            LogFolder = TradingDomain.LogFolder(session.Settings),
            Board = session.Shared.OfType<LiveBoard>().FirstOrDefault(),
            Log = new LogOptions { BudgetBytes = (long)given.LogBudget << 20 },
            RetainedDays = given.Retain,
            FlushInterval = TimeSpan.FromMilliseconds(given.FlushInterval ?? 100),
        };
    }

    private static async Task<CommandResult> RunAsync(
        Session session,
        CollectOptions options,
        string? log,
        CancellationToken cancellationToken
    )
    {
        using var telemetry = session.StartTelemetry(session, log);
        await using var store = session.Settings.Store.Open(session.Time);
        var result = await session.ShowProgressAsync(progress =>
            CollectService.RunAsync(
                options,
                store,
                session.Catalogue.Migrations,
                session.Time,
                telemetry.CreateLogger("Tradepost"),
                new Progress<CollectProgress>(state => progress.Report(new JobProgress(Show(state), state.Recorded))),
                cancellationToken
            )
        );
        return new CommandResult(result, printer =>
            printer.Pairs([
                ("recorded", result.Recorded.ToString("N0")),
                (options.Storage == StorageKind.File ? "in files" : "in the store", result.Written.ToString("N0")),
                ("gaps noted", result.Gaps.ToString("N0")),
                ("still in the log", result.Waiting.ToString("N0")),
                ("lost", result.Lost.ToString("N0")),
                ("had come before", result.Repeated.ToString("N0")),
                (
                    "from arrival to the store",
                    result.Lag is { } lag
                        ? $"{lag.Median:N0} ms, 99 of 100 within {lag.P99:N0} ms, all within {lag.Longest:N0} ms"
                        : "nothing was stored"
                ),
                ("books that agree with quotes", result.Agreement?.ToString("P2") ?? "not compared"),
            ])
        );
    }

    private static string Show(CollectProgress state) =>
        state.Problem is null
            ? $"recording; {state.Waiting:N0} records on their way to the store"
            : $"recording; {state.Waiting:N0} records wait in a log of {state.LogBytes / 1048576.0:N0} MB: {state.Problem}";

    private static string Known(string exchange) =>
        CollectService.Exchanges.Contains(exchange)
            ? exchange
            : throw new UsageException($"--exchange is '{exchange}'; expected is one of {string.Join(", ", CollectService.Exchanges)}.");

    /// <summary>What does not go together, or would do nothing.</summary>
    private static void Refuse(CollectOptions options, CollectCommandOptions given)
    {
        var ofReplay =
            given.Fault.Length > 0 ? "--fault"
            : given.Speed is not null ? "--speed"
            : null;
        var ofSimulator =
            given.Rate is not null ? "--rate"
            : given.Seed is not null ? "--seed"
            : null;
        var isSimulated = options.Exchange == CollectService.Simulator;
        var isOwnMarket = isSimulated && options.Stream is null;
        var refused = options switch
        {
            { Replay: not null, Stream: not null } or { Replay: not null, Rest: not null } =>
                "--replay brings its own server; leave --stream-url and --rest-url out.",
            { Replay: not null } when isSimulated => "--replay takes the place of an exchange; leave --exchange simulator out.",
            { Trades: true } when isSimulated => "The simulator has no trades; leave --trades out.",
            { Rest: not null } when isSimulated => "The simulator answers for order books at its --stream-url; leave --rest-url out.",
            { Replay: null } when ofReplay is { } option =>
                $"{option} is of a recording that is played; give its file with --replay, or leave {option} out.",
            _ when ofSimulator is { } option && !isOwnMarket =>
                $"{option} is of the simulator in this process; give --exchange simulator without --stream-url, or leave {option} out.",
            { Storage: StorageKind.File } when given.FlushInterval is not null =>
                "--flush-interval is of the store, which --storage file leaves out; leave --flush-interval out.",
            { Storage: StorageKind.File, RetainedDays: not null, Analytics: null } =>
                "--retain is of the store, which --storage file leaves out; leave --retain out.",
            _ => null,
        };
        if (refused is not null)
        {
            throw new UsageException(refused);
        }
    }

    private static string[] Symbols(string[] given, string exchange, string? replay)
    {
        // A recording says how its symbols are spelled; live ones are upper case.
        string[] all =
        [
            .. given
                .SelectMany(part => part.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                .Select(symbol => replay is null ? CollectService.Raise(symbol) : symbol)
                .Distinct(),
        ];
        if (all.FirstOrDefault(symbol => !CollectService.IsSymbol(symbol)) is { } wrong)
        {
            throw new UsageException($"--symbols has '{wrong}'; expected is {CollectService.ExpectedSymbol}, such as BTCUSDT.");
        }

        return all.Length > 0 || replay is not null ? all
            : exchange == CollectService.Simulator ? [.. Enumerable.Range(1, SimulatedSymbols).Select(number => $"SIM{number:00}")]
            : throw new UsageException("--symbols is missing; expected are names such as BTCUSDT,ETHUSDT.");
    }

    private static Uri? Address(string option, string? text, params string[] schemes) =>
        text is null ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && schemes.Contains(address.Scheme) ? address
        : throw new UsageException($"{option} is '{text}'; expected is an address that begins with {string.Join(":// or ", schemes)}://.");
}

internal sealed record CollectCommandOptions : ServiceOptions
{
    [ExchangeDescription, Placeholder("NAME")]
    public string? Exchange { get; init; }

    [Description("What to record, such as BTCUSDT,ETHUSDT (default with --replay all, of the simulator ten)"), Placeholder("SYMBOL")]
    public string[] Symbols { get; init; } = [];

    [Description("Keep order books too, and compare them with the quotes")]
    public bool Depth { get; init; }

    [Description("Record aggregate trades too")]
    public bool Trades { get; init; }

    [Description("Record a file in the place of the exchange: a capture or a CSV file of quotes"), Placeholder("FILE"), FilePath]
    public string? Replay { get; init; }

    [Description(SpeedText.Description), Range(0.0, SpeedText.Most, ErrorMessage = SpeedText.Expected)]
    public double? Speed { get; init; }

    [FaultDescription, Placeholder(FaultDescriptionAttribute.Placeholder)]
    public string[] Fault { get; init; } = [];

    [Description("Quotes a second of each symbol of the simulator (default 20)")]
    [Range(0.0, 100_000.0, MinimumIsExclusive = true, ErrorMessage = "expected is a number above 0, up to 100000")]
    public double? Rate { get; init; }

    [Description("What the simulator draws from (default 1)")]
    public int? Seed { get; init; }

    [Description("Another address for the streams, such as ws://127.0.0.1:9000"), Placeholder("URL")]
    public string? StreamUrl { get; init; }

    [Description("Another address for snapshots of order books"), Placeholder("URL")]
    public string? RestUrl { get; init; }

    [Description("The most that the log may take on disk, in MB"), Placeholder("MB")]
    [Range(64, int.MaxValue, ErrorMessage = "expected is 64 or more")]
    public int LogBudget { get; init; } = 10_240;

    [Description("Days of quotes to keep in the store (default all)"), Placeholder("DAYS")]
    [Range(1, int.MaxValue, ErrorMessage = "expected is 1 or more")]
    public int? Retain { get; init; }

    [Description("How long few quotes are gathered before they are written, in ms (default 100)"), Placeholder("MS")]
    [Range(0, int.MaxValue, ErrorMessage = "expected is 0 or more")]
    public int? FlushInterval { get; init; }

    [Description("Move the log to the store, to CSV files, or to both")]
    public StorageKind Storage { get; init; }

    [AttributeUsage(AttributeTargets.Property)]
    private sealed class ExchangeDescriptionAttribute()
        : DescriptionAttribute($"One of {string.Join(", ", CollectService.Exchanges)} (default {ReplayCommand.DefaultExchange})");
}
