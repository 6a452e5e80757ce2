using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;
using Tradepost.Tests.Support;
using Tradepost.Trading.Collecting;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Quotes;
using Tradepost.Trading.Replaying;

namespace Tradepost.Trading.Tests;

public enum StoreKind
{
    DuckDb,
    Postgres,
}

/// <summary>A store and a log of a test's own, and collectors between a replay and them.</summary>
internal sealed class CollectorWorld : IAsyncDisposable
{
    private readonly TemporaryFolder folder;

    private CollectorWorld(Store store, string url, TemporaryFolder folder) => (Store, Url, this.folder) = (store, url, folder);

    public string Url { get; }

    /// <summary>The name of its database in PostgreSQL.</summary>
    public string Database { get; private init; } = "";

    public Store Store { get; private set; }

    public string Folder => folder.Path;

    public string LogFolder => folder.Combine("log");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<CollectorWorld> CreateAsync(StoreKind kind, PostgresServer? server = null, MigrationSet? migrations = null)
    {
        var home = new TemporaryFolder();
        var database = kind == StoreKind.DuckDb ? null : await (server ?? await Servers.RequirePostgresAsync()).CreateDatabaseAsync();
        var url = database?.Url ?? $"duckdb://{home.Combine("store.duckdb")}";
        var store = Open(home.Path, url);
        await new Migrator(store, [migrations ?? TradingMigrations.Set], TimeProvider.System).MigrateAsync(Cancellation);
        return new CollectorWorld(store, url, home) { Database = database?.Name ?? "" };
    }

    public static Store Open(string folder, string url) =>
        Settings
            .Load(
                new SettingSources(
                    new Dictionary<string, string> { [SettingNames.Data] = folder, [SettingNames.DatabaseUrl] = url },
                    new Dictionary<string, string>(),
                    folder,
                    _ => null
                )
            )
            .Store.Open(TimeProvider.System);

    /// <summary>Opens the store again after it was left to another process.</summary>
    public void Reopen() => Store = Open(folder.Path, Url);

    /// <summary>The frames of a capture, whole or some of them.</summary>
    public static List<RecordedFrame> Frames(string capture, int most = int.MaxValue) =>
        [
            .. Recording
                .Open(SharedData.Path($"data/trading/captures/{capture}.gz"), new BinanceExchange(BinanceMarket.UsdFutures))
                .Frames.Take(most),
        ];

    /// <summary>What a capture holds, read directly.</summary>
    public static List<Quote> QuotesOf(IEnumerable<RecordedFrame> frames)
    {
        var (exchange, message) = (new BinanceExchange(BinanceMarket.UsdFutures), new MarketMessage());
        var quotes = new List<Quote>();
        foreach (var frame in frames.Where(frame => !frame.IsSnapshot))
        {
            exchange.Read(frame.Frame, message);
            if (message.Kind == MessageKind.Quote)
            {
                quotes.Add(
                    new Quote(
                        exchange.Name,
                        message.Symbol,
                        message.UpdateId,
                        message.Timestamp,
                        0,
                        message.AskAmount,
                        message.AskPrice,
                        message.BidPrice,
                        message.BidAmount
                    )
                );
            }
        }

        return quotes;
    }

    /// <summary>Count and hash of quotes, in the order of their content: what two sets have in common when they are the same.</summary>
    public static (int Count, string Hash) Fingerprint(IEnumerable<Quote> quotes)
    {
        var lines = quotes
            .Select(quote =>
                $"{quote.Symbol} {quote.Timestamp} {Exact.Format(quote.AskAmount)} {Exact.Format(quote.AskPrice)} {Exact.Format(quote.BidPrice)} {Exact.Format(quote.BidAmount)}"
            )
            .Order(StringComparer.Ordinal)
            .ToList();
        return (lines.Count, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines)))));
    }

    public async Task<IReadOnlyList<Quote>> StoredAsync()
    {
        await using var connection = await Store.OpenAsync(Cancellation);
        return await connection.ReadAsync(
            "SELECT exchange, symbol, timestamp, local_timestamp, ask_amount, ask_price, bid_price, bid_amount FROM orderbook_data",
            row => new Quote(
                row.GetString(0),
                row.GetString(1),
                0,
                row.GetInt64(2),
                row.GetInt64(3),
                Units(row, 4),
                Units(row, 5),
                Units(row, 6),
                Units(row, 7)
            ),
            Cancellation
        );
    }

    public async Task<IReadOnlyList<Gap>> GapsAsync()
    {
        await using var connection = await Store.OpenAsync(Cancellation);
        return await connection.ReadAsync(
            "SELECT exchange, symbol, stream, from_timestamp, to_timestamp, from_update_id, to_update_id, reason FROM collector_gaps ORDER BY from_timestamp",
            row => new Gap(
                row.GetString(0),
                row.GetString(1),
                row.GetString(2),
                row.GetInt64(3),
                row.GetInt64(4),
                row.GetInt64(5),
                row.GetInt64(6),
                row.GetString(7)
            ),
            Cancellation
        );
    }

    public CollectOptions Options(ReplayServer replay) =>
        new()
        {
            Symbols = ["BTCUSDT"],
            Stream = replay.Stream,
            Rest = replay.Rest,
            LogFolder = LogFolder,
        };

    /// <summary>Collects until the replay is over and everything of it has been received.</summary>
    public async Task<CollectResult> CollectAsync(
        CollectOptions options,
        ReplayServer replay,
        Func<Task>? meanwhile = null,
        ILogger? logger = null
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var seen = 0L;
        var collecting = CollectService.RunAsync(
            options,
            Store,
            [TradingMigrations.Set],
            TimeProvider.System,
            logger ?? NullLogger.Instance,
            new Progress<CollectProgress>(state => Volatile.Write(ref seen, state.Recorded)),
            stop.Token
        );
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        await Task.WhenAny(collecting, replay.Playing);
        for (var before = -1L; before != Volatile.Read(ref seen) && !collecting.IsCompleted; )
        {
            before = Volatile.Read(ref seen);
            await Task.Delay(TimeSpan.FromSeconds(1.5), Cancellation);
        }

        await stop.CancelAsync();
        return await collecting;
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        folder.Dispose();
    }

    private static Int128 Units(DbDataReader row, int column) => row.IsDBNull(column) ? 0 : Exact.FromDecimal(row.GetDecimal(column));
}
