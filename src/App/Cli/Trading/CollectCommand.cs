using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Tradepost.App.Telemetry;
using Tradepost.App.Telemetry.Logs;
using Tradepost.Jobs;
using Tradepost.Streams;
using Tradepost.Trading.Collecting;
using Tradepost.Trading.Filing;
using Tradepost.Trading.Simulating;

namespace Tradepost.App.Cli.Trading;

/// <summary><c>trading collect</c>: records an exchange's quotes until it is stopped. A service like <c>worker</c>, which goes on without the store.</summary>
internal static class CollectCommand
{
    private const int SimulatedSymbols = 10;

    private static readonly IReadOnlyList<string> WithoutReplay = ["--fault", "--speed"];
    private static readonly IReadOnlyList<string> OfSimulator = ["--rate", "--seed"];

    public static HandledCommand Create()
    {
        var exchange = new Option<string>("--exchange")
        {
            Description = $"One of {string.Join(", ", CollectService.Exchanges)} (default binance-futures)",
            HelpName = "NAME",
            DefaultValueFactory = _ => "binance-futures",
        };
        var symbols = new Option<string[]>("--symbols")
        {
            Description = "What to record, such as BTCUSDT,ETHUSDT (default with --replay all, of the simulator ten)",
            HelpName = "SYMBOL",
        };
        var depth = new Option<bool>("--depth") { Description = "Keep order books too, and compare them with the quotes" };
        var trades = new Option<bool>("--trades") { Description = "Record aggregate trades too" };
        var stream = new Option<string?>("--stream-url")
        {
            Description = "Another address for the streams, such as ws://127.0.0.1:9000",
            HelpName = "URL",
        };
        var rest = new Option<string?>("--rest-url") { Description = "Another address for snapshots of order books", HelpName = "URL" };
        var replay = new Option<string?>("--replay")
        {
            Description = "Record a file in the place of the exchange: a capture or a CSV file of quotes",
            HelpName = "FILE",
        };
        var speed = ReplayCommand.SpeedOption();
        var faults = ReplayCommand.FaultOption();
        var rate = new Option<double>("--rate")
        {
            Description = "Quotes a second of each symbol of the simulator (default 20)",
            HelpName = "N",
            DefaultValueFactory = _ => 20,
        };
        var seed = new Option<int>("--seed")
        {
            Description = "What the simulator draws from (default 1)",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        var budget = new Option<int>("--log-budget")
        {
            Description = "The most that the log may take on disk, in MB (default 10240)",
            HelpName = "MB",
            DefaultValueFactory = _ => 10_240,
        };
        var retain = new Option<int?>("--retain") { Description = "Days of quotes to keep in the store (default all)", HelpName = "DAYS" };
        var flush = new Option<int>("--flush-interval")
        {
            Description = "How long few quotes are gathered before they are written, in ms (default 100)",
            HelpName = "MS",
            DefaultValueFactory = _ => 100,
        };
        var storage = new Option<StorageKind>("--storage")
        {
            Description = "Move the log to the store, to CSV files, or to both (default store)",
            HelpName = "store|file|both",
        };
        var log = LogWriter.Option();
        return new HandledCommand(
            "collect",
            "Record an exchange's quotes without losing one, until stopped.",
            (parsed, session, cancellationToken) =>
            {
                var options = new CollectOptions
                {
                    Exchange = Known(parsed.GetValue(exchange)!),
                    IsExchangeGiven = IsGiven(parsed, "--exchange"),
                    Symbols = Symbols(parsed.GetValue(symbols) ?? [], parsed.GetValue(exchange)!, parsed.GetValue(replay)),
                    Depth = parsed.GetValue(depth),
                    Trades = parsed.GetValue(trades),
                    Stream = Address("--stream-url", parsed.GetValue(stream), "ws", "wss"),
                    Rest = Address("--rest-url", parsed.GetValue(rest), "http", "https"),
                    Storage = parsed.GetValue(storage),
                    Analytics = session.Settings.Analytics,
                    Kafka = session.Settings.Kafka,
                    Replay = parsed.GetValue(replay) is { } file
                        ? new ReplayOptions(
                            session.FullPath(file),
                            ReplayCommand.Speed(parsed.GetValue(speed)),
                            ReplayCommand.Faults(parsed.GetValue(faults))
                        )
                        : null,
                    Simulation = new SimulationOptions { Rate = Rate(parsed.GetValue(rate)), Seed = parsed.GetValue(seed) },
                    LogFolder = Path.Combine(session.Settings.DataFolder, "trading", "log"),
                    Board = session.Board,
                    Log = new LogOptions { BudgetBytes = (long)AtLeast("--log-budget", parsed.GetValue(budget), 64) << 20 },
                    RetainedDays = parsed.GetValue(retain) is { } days ? AtLeast("--retain", days, 1) : null,
                    FlushInterval = TimeSpan.FromMilliseconds(AtLeast("--flush-interval", parsed.GetValue(flush), 0)),
                };
                Refuse(options, option => IsGiven(parsed, option));
                return RunAsync(session, options, parsed.GetValue(log), cancellationToken);
            }
        )
        {
            Options =
            {
                exchange,
                symbols,
                depth,
                trades,
                replay,
                speed,
                faults,
                rate,
                seed,
                stream,
                rest,
                budget,
                retain,
                flush,
                storage,
                log,
            },
        };
    }

    private static async Task<CommandResult> RunAsync(
        Session session,
        CollectOptions options,
        string? log,
        CancellationToken cancellationToken
    )
    {
        using var telemetry = ServerTelemetry.Start(session.Terminal, session.Settings, session.Time, log);
        await using var store = session.Settings.Store.Open(session.Time);
        var result = await session.ShowProgressAsync(progress =>
            CollectService.RunAsync(
                options,
                store,
                Domains.Migrations,
                session.Time,
                telemetry.Logs.CreateLogger("Tradepost"),
                new Progress<CollectProgress>(state => progress.Report(new JobProgress(Show(state), state.Recorded))),
                cancellationToken
            )
        );
        return new CommandResult(result, printer =>
            printer.Pairs([
                ("recorded", result.Recorded.ToString("N0", CultureInfo.InvariantCulture)),
                (
                    options.Storage == StorageKind.File ? "in files" : "in the store",
                    result.Written.ToString("N0", CultureInfo.InvariantCulture)
                ),
                ("gaps noted", result.Gaps.ToString("N0", CultureInfo.InvariantCulture)),
                ("still in the log", result.Waiting.ToString("N0", CultureInfo.InvariantCulture)),
                ("lost", result.Lost.ToString("N0", CultureInfo.InvariantCulture)),
                ("had come before", result.Repeated.ToString("N0", CultureInfo.InvariantCulture)),
                (
                    "from arrival to the store",
                    result.Lag is { } lag
                        ? string.Create(
                            CultureInfo.InvariantCulture,
                            $"{lag.Median:N0} ms, 99 of 100 within {lag.P99:N0} ms, all within {lag.Longest:N0} ms"
                        )
                        : "nothing was stored"
                ),
                ("books that agree with quotes", result.Agreement?.ToString("P2", CultureInfo.InvariantCulture) ?? "not compared"),
            ])
        );
    }

    private static string Show(CollectProgress state) =>
        state.Problem is null
            ? string.Create(CultureInfo.InvariantCulture, $"recording; {state.Waiting:N0} records on their way to the store")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"recording; {state.Waiting:N0} records wait in a log of {state.LogBytes / 1048576.0:N0} MB: {state.Problem}"
            );

    private static string Known(string exchange) =>
        CollectService.Exchanges.Contains(exchange)
            ? exchange
            : throw new UsageException($"--exchange is '{exchange}'; expected is one of {string.Join(", ", CollectService.Exchanges)}.");

    private static bool IsGiven(ParseResult parsed, string option) => parsed.GetResult(option) is OptionResult { Implicit: false };

    /// <summary>What does not go together, or would do nothing.</summary>
    /// <param name="options">What is to be done.</param>
    /// <param name="isGiven">Whether an option stands on the command line.</param>
    private static void Refuse(CollectOptions options, Func<string, bool> isGiven)
    {
        var isSimulated = options.Exchange == CollectService.Simulator;
        var isOwnMarket = isSimulated && options.Stream is null;
        var refused = options switch
        {
            { Replay: not null, Stream: not null } or { Replay: not null, Rest: not null } =>
                "--replay brings its own server; leave --stream-url and --rest-url out.",
            { Replay: not null } when isSimulated => "--replay takes the place of an exchange; leave --exchange simulator out.",
            { Trades: true } when isSimulated => "The simulator has no trades; leave --trades out.",
            { Rest: not null } when isSimulated => "The simulator answers for order books at its --stream-url; leave --rest-url out.",
            _ when WithoutReplay.FirstOrDefault(isGiven) is { } option && options.Replay is null =>
                $"{option} is of a recording that is played; give its file with --replay, or leave {option} out.",
            _ when OfSimulator.FirstOrDefault(isGiven) is { } option && !isOwnMarket =>
                $"{option} is of the simulator in this process; give --exchange simulator without --stream-url, or leave {option} out.",
            { Storage: StorageKind.File } when isGiven("--flush-interval") =>
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
            : exchange == CollectService.Simulator
                ?
                [
                    .. Enumerable
                        .Range(1, SimulatedSymbols)
                        .Select(number => string.Create(CultureInfo.InvariantCulture, $"SIM{number:00}")),
                ]
            : throw new UsageException("--symbols is missing; expected are names such as BTCUSDT,ETHUSDT.");
    }

    private static double Rate(double rate) =>
        rate is > 0 and <= 100_000
            ? rate
            : throw new UsageException(
                string.Create(CultureInfo.InvariantCulture, $"--rate is {rate}; expected is a number above 0, up to 100000.")
            );

    private static Uri? Address(string option, string? text, params string[] schemes) =>
        text is null ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && schemes.Contains(address.Scheme) ? address
        : throw new UsageException($"{option} is '{text}'; expected is an address that begins with {string.Join(":// or ", schemes)}://.");

    private static int AtLeast(string option, int value, int least) =>
        value >= least
            ? value
            : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{option} is {value}; expected is {least} or more."));
}
