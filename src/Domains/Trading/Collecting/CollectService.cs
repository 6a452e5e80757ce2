using Microsoft.Extensions.Logging;
using Tradepost.Storage;
using Tradepost.Storage.Migrations;
using Tradepost.Storage.Retrying;
using Tradepost.Streams;
using Tradepost.Streams.Drains;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Filing;
using Tradepost.Trading.Quotes;
using Tradepost.Trading.Replaying;
using Tradepost.Trading.Writing;

namespace Tradepost.Trading.Collecting;

/// <summary>
/// A collector and the writers that move its log into the store and elsewhere, until they are told to stop. It starts and goes on without
/// the store: what comes stays in the log.
/// </summary>
public static partial class CollectService
{
    private static readonly TimeSpan LastDrain = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Telling = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SnapshotLimit = TimeSpan.FromSeconds(10);

    // What an exchange asks for in its answer comes first.
    private static readonly RetryPolicy AskingAgain = RetryPolicy.Endless(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)) with
    {
        Jitter = 0.5,
    };

    /// <summary>The exchange that is built in.</summary>
    public const string Simulator = SimulatorExchange.ExchangeName;

    /// <summary>The exchanges that there are.</summary>
    public static IReadOnlyList<string> Exchanges { get; } = [.. ExchangeList.All.Select(exchange => exchange.Name)];

    /// <summary>What a symbol that is none is told.</summary>
    public static string ExpectedSymbol => Names.ExpectedSymbol;

    /// <summary>Whether a text can be a symbol.</summary>
    public static bool IsSymbol(string text) => Names.IsSymbol(text);

    /// <summary>A symbol in upper case.</summary>
    public static string Raise(string symbol) => Names.Raise(symbol);

    /// <summary>
    /// Runs until the token says to stop; then everything that came is in the log, and in the store if that answers within seconds.
    /// </summary>
    /// <remarks>A replay ends by itself when it was played and everything of it is in the store.</remarks>
    /// <param name="migrations">Applied before the first row is written.</param>
    /// <exception cref="RecordingException">The file of a replay cannot be read to its end.</exception>
    public static async Task<CollectResult> RunAsync(
        CollectOptions options,
        Store store,
        IReadOnlyList<MigrationSet> migrations,
        TimeProvider clock,
        ILogger logger,
        IProgress<CollectProgress> progress,
        CancellationToken cancellationToken
    )
    {
        await using var source = FeedSource.Open(options, clock);
        if (source.LeftOut is { } leftOut)
        {
            LogLeftOut(logger, leftOut);
        }

        await using var log = DurableLog.Open(options.LogFolder, options.Log, clock);
        if (log.Repair is { } repair)
        {
            LogRepaired(logger, repair.Segment, repair.Bytes, repair.KeptIn);
        }

        using var http = new HttpClient(
            ResilientHttp.Over(
                "exchange.snapshot",
                new SocketsHttpHandler(),
                AskingAgain,
                SnapshotLimit,
                retry => LogSnapshotLater(logger, source.Exchange.Name, retry.Failure.Message, retry.Pause.TotalSeconds),
                clock
            )
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var draining = new CancellationTokenSource();
        var drains = DrainsOf(options, store, log, migrations, clock, logger);
        using var writer = new LogDrains(drains);
        var collector = new Collector(source.Exchange, log, http, clock, logger, new Random())
        {
            Lifetime = options.ConnectionLifetime,
            Patience = options.Watchdog,
            SourceEnded = source.Ended,
            IsReplay = source.IsReplay,
            Board = options.Board,
        };
        var writing = Task.Run(() => writer.RunAsync(draining.Token), CancellationToken.None);
        var collecting = collector.RunAsync(source.Symbols, options.Subscription, stopping.Token);
        void Tell() =>
            progress.Report(new CollectProgress(collector.Intake?.Recorded ?? 0, log.Durable - writer.Position, log.Bytes, writer.Failure));
        while (
            await Task.WhenAny(collecting, writing, Task.Delay(Telling, clock, CancellationToken.None)) is var ended
            && ended != collecting
            && ended != writing
        )
        {
            Tell();
        }

        // A writer that ends by itself has failed, and says so where it is awaited.
        await stopping.CancelAsync();
        await collecting;
        while (!cancellationToken.IsCancellationRequested && !writing.IsCompleted && writer.Position < log.Durable)
        {
            Tell();
            await Task.Delay(Look, clock, CancellationToken.None);
        }

        await StopWritingAsync(log, writer, writing, draining, clock);
        var (intake, moved) = (collector.Intake!, MovedRecords.Of(drains[0])); // the first one counts
        return new CollectResult(
            intake.Recorded - collector.Unwritten,
            moved.Rows,
            moved.Gaps,
            log.Durable - writer.Position,
            intake.Lost + collector.Unwritten,
            intake.Repeated,
            options.Storage == StorageKind.File ? null : drains[0].Lag.Summary(),
            options.Storage == StorageKind.File ? null : drains[0].Age.Summary(),
            Agreement(intake)
        );
    }

    private static List<LogDrain> DrainsOf(
        CollectOptions options,
        Store store,
        DurableLog log,
        IReadOnlyList<MigrationSet> migrations,
        TimeProvider clock,
        ILogger logger
    )
    {
        // Their readers begin before any of them goes on: no segment goes before all have read it.
        var name = Path.GetFullPath(options.LogFolder);
        List<LogDrain> drains = [];
        if (options.Storage != StorageKind.File)
        {
            drains.Add(QuoteDrains.ToStore(store, log, name, clock, logger, migrations, options.RetainedDays, options.FlushInterval));
        }

        if (options.Storage != StorageKind.Store)
        {
            drains.Add(QuoteDrains.ToFiles(QuoteFolder.Open(QuoteFolder.Beside(options.LogFolder), log.First), log, clock, logger));
        }

        drains.AddRange(QuoteDrains.Beside(options.Analytics, options.Kafka, log, name, clock, logger, options.RetainedDays));
        return drains;
    }

    /// <summary>Lets the writer take what is left, for as long as a service manager waits.</summary>
    private static async Task StopWritingAsync(
        DurableLog log,
        LogDrains writer,
        Task writing,
        CancellationTokenSource draining,
        TimeProvider clock
    )
    {
        writer.Hurry();
        var began = clock.GetTimestamp();
        while (!writing.IsCompleted && !writer.HaveCome(log.Durable) && clock.GetElapsedTime(began) < LastDrain)
        {
            await Task.Delay(Look, clock);
        }

        await draining.CancelAsync();
        try
        {
            await writing;
        }
        catch (OperationCanceledException)
        {
            // They were told to stop; what they have not written stays in the log.
        }
    }

    private static double? Agreement(Intake intake)
    {
        var compared = intake.Books.Values.Sum(book => book.Agreement.Compared);
        return compared == 0 ? null : (double)intake.Books.Values.Sum(book => book.Agreement.Agreed) / compared;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Sentence}")]
    private static partial void LogLeftOut(ILogger logger, string sentence);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Exchange} gave no snapshot of an order book ({Problem}); it is asked again in {Seconds:0.0} s."
    )]
    private static partial void LogSnapshotLater(ILogger logger, string exchange, string problem, double seconds);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Segment} ended in {Bytes} bytes of an unfinished write; they were cut off and are in {Kept}."
    )]
    private static partial void LogRepaired(ILogger logger, string segment, long bytes, string kept);
}
