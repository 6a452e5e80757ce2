using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Tradepost.Storage.ClickHouse;
using Tradepost.Storage.Connections;
using Tradepost.Streams;
using Tradepost.Streams.Drains;
using Tradepost.Tests.Support;
using Tradepost.Trading.Quotes;
using Tradepost.Trading.Writing;

namespace Tradepost.Trading.Tests.Writing;

/// <summary>A database on a ClickHouse and a log of a test's own, and writers between them.</summary>
internal sealed class ClickHouseWorld(ClickHouseServer server) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public string Database { get; } = ClickHouseServer.NewDatabase();

    public string LogFolder => folder.Combine("log");

    public int Port => server.Port;

    public string Url => server.Url(Database);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // isNewest: On today's version rather than the distribution's.
    public static async Task<ClickHouseWorld> CreateAsync(bool isNewest = false) =>
        new(await (isNewest ? Servers.RequireNewestClickHouseAsync() : Servers.RequireClickHouseAsync()));

    public static ClickHouseUrl Parse(string url) => ClickHouseUrl.Parse(SettingNames.AnalyticsUrl, url);

    public static Quote Quote(long number) =>
        new(
            "binance-futures",
            number % 3 == 0 ? "BTCUSDT" : "ETHUSDT",
            number,
            1_723_000_000_000_000 + (number * 1_000_000_007 % 90_000_000_000),
            1_723_000_000_000_000 + number,
            number,
            number + 1,
            number + 2,
            number + 3
        );

    public DurableLog OpenLog() =>
        DurableLog.Open(
            LogFolder,
            new LogOptions { SegmentBytes = 64 << 10, GroupInterval = TimeSpan.FromMilliseconds(1) },
            TimeProvider.System
        );

    /// <summary>Appends numbered quotes and waits until they are on disk.</summary>
    public static async Task AppendAsync(DurableLog log, long first, int count)
    {
        var record = new byte[512];
        for (var number = first; number < first + count; number++)
        {
            await log.AppendAsync(record.AsMemory(0, QuoteRecords.Write(record, Quote(number))), Cancellation);
        }

        await log.FlushAsync(Cancellation);
    }

    public LogDrain Writer(DurableLog log, string? url = null) =>
        QuoteDrains.ToClickHouse(
            new ClickHouseClient(Parse(url ?? Url)),
            log,
            LogFolder,
            TimeProvider.System,
            NullLogger.Instance,
            pause: TimeSpan.FromMilliseconds(10),
            flushInterval: TimeSpan.FromMilliseconds(1)
        );

    /// <summary>Writes until everything that is in the log has arrived.</summary>
    public async Task WriteAllAsync(DurableLog log, string? url = null)
    {
        using var writer = Writer(log, url);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var writing = writer.RunAsync(stop.Token);
        while (writer.Position < log.Durable && !writing.IsCompleted)
        {
            await Task.Delay(5, Cancellation);
        }

        await EndAsync(writing, stop);
    }

    public static async Task EndAsync(Task writing, CancellationTokenSource stop)
    {
        await stop.CancelAsync();
        await writing.ContinueWith(_ => { }, TaskScheduler.Default);
        (writing.IsCanceled || writing.IsCompletedSuccessfully).ShouldBeTrue(writing.Exception?.ToString());
    }

    public Task<IReadOnlyList<string[]>> QueryAsync(string sql) =>
        server.QueryAsync(sql.Replace("$", Database + ".", StringComparison.Ordinal));

    public async Task<IReadOnlyList<Quote>> QuotesAsync() =>
        [
            .. (
                await QueryAsync(
                    "SELECT exchange, symbol, timestamp, local_timestamp, ask_amount, ask_price, bid_price, bid_amount FROM $orderbook_data"
                )
            ).Select(row => new Quote(
                row[0],
                row[1],
                0,
                Number(row[2]),
                Number(row[3]),
                Units(row[4]),
                Units(row[5]),
                Units(row[6]),
                Units(row[7])
            )),
        ];

    /// <summary>The numbers of <see cref="Quote"/> that are there, each as often as it is.</summary>
    public async Task<IReadOnlyList<long>> NumbersAsync() => [.. (await QuotesAsync()).Select(quote => (long)quote.AskAmount).Order()];

    public void Dispose() => folder.Dispose();

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static Int128 Units(string text) => text == @"\N" ? 0 : Exact.FromDecimal(decimal.Parse(text, CultureInfo.InvariantCulture));
}
