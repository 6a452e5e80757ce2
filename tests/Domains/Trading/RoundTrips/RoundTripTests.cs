using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Tradepost.Storage;
using Tradepost.Streams;
using Tradepost.Streams.Drains;
using Tradepost.Trading.Collecting;
using Tradepost.Trading.Draining;
using Tradepost.Trading.Exporting;
using Tradepost.Trading.Quotes;
using Tradepost.Trading.Tests.Filing;
using Tradepost.Trading.Tests.Writing;
using Tradepost.Trading.Writing;

namespace Tradepost.Trading.Tests.RoundTrips;

/// <summary>What the collector writes is what comes back, through whatever it is moved: a thousand sets of rows in one log.</summary>
public sealed class RoundTripTests
{
    private const int Sets = 1_000;

    private static readonly List<Quote> Rows = GeneratedQuotes.Sets(Sets, seed: 16);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static IReadOnlyList<string> Expected => Sorted(Rows);

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task A_store_has_it_exports_it_and_an_import_of_that_is_the_same_to_the_byte(StoreKind kind)
    {
        await using var world = await CollectorWorld.CreateAsync(kind);
        await using var other = await CollectorWorld.CreateAsync(kind);
        await StoreAsync(world);
        Sorted(await world.StoredAsync()).ShouldBe(Expected);
        var (first, second) = (Path.Combine(world.Folder, "first.csv"), Path.Combine(world.Folder, "second.csv"));

        await ExportAsync(world, first);
        var imported = await TapeWorld.ImportAsync(other, first);
        await ExportAsync(other, second);

        (imported.Rows, imported.Rejected).ShouldBe((Rows.Count, 0));
        Sorted(await other.StoredAsync()).ShouldBe(Expected);
        (await File.ReadAllBytesAsync(second, Cancellation)).ShouldBe(await File.ReadAllBytesAsync(first, Cancellation));
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Files_have_it_and_are_drained_into_the_store(StoreKind kind)
    {
        await using var world = await CollectorWorld.CreateAsync(kind);
        await AppendAsync(FiledLog.LogFolder(world));
        await FiledLog.MoveAsync(world, forgetLog: true);

        var drained = await DrainJob.RunAsync(new DrainOptions(), TapeWorld.Context(world), Cancellation);

        (drained.FromFiles, drained.Gaps).ShouldBe((Rows.Count, 0));
        Sorted(await world.StoredAsync()).ShouldBe(Expected);
        FiledLog.Names(world).ShouldBeEmpty();
    }

    [Fact]
    public async Task Parquet_has_it()
    {
        await using var world = await CollectorWorld.CreateAsync(StoreKind.DuckDb);
        await StoreAsync(world);
        var file = Path.Combine(world.Folder, "all.parquet");

        await ExportAsync(world, file);

        await using var connection = await world.Store.OpenAsync(Cancellation);
        await connection.ExecuteAsync("DELETE FROM orderbook_data", null, Cancellation);
        await connection.ExecuteAsync(
            $"INSERT INTO orderbook_data (exchange, symbol, timestamp, local_timestamp, ask_amount, ask_price, bid_price, bid_amount) SELECT * FROM read_parquet('{file}')",
            null,
            Cancellation
        );
        Sorted(await world.StoredAsync()).ShouldBe(Expected);
    }

    [Fact]
    public async Task ClickHouse_has_it()
    {
        using var world = await ClickHouseWorld.CreateAsync();
        await AppendAsync(world.LogFolder);
        await using var log = world.OpenLog();

        await world.WriteAllAsync(log);

        // Its text has a backslash before what would end a field.
        Sorted(
                (await world.QuotesAsync()).Select(quote =>
                    quote with
                    {
                        Symbol = quote.Symbol.Replace(@"\\", @"\", StringComparison.Ordinal).Replace(@"\'", "'", StringComparison.Ordinal),
                    }
                )
            )
            .ShouldBe(Expected);
    }

    [Fact]
    public async Task Events_have_it()
    {
        await using var world = await CollectorWorld.CreateAsync(StoreKind.DuckDb);
        await AppendAsync(world.LogFolder);
        await using var log = DurableLog.Open(world.LogFolder, new LogOptions(), TimeProvider.System);
        using var reader = log.Read("test", log.First);
        var batch = new LogBatch();
        var quotes = new List<Quote>();
        while (quotes.Count < Rows.Count && await reader.ReadAsync(batch, Cancellation))
        {
            var rows = new LogRows(new QuoteLog());
            for (var i = 0; i < batch.Count; i++)
            {
                rows.Add(batch[i], batch.First + i);
            }

            quotes.AddRange(TopicSink.EventsOf(rows.Tables[0], log.Identity).Select(made => QuoteOf(made.Content)));
        }

        quotes.ShouldBe(Rows);
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task However_its_numbers_are_written_an_import_and_a_replay_of_a_file_give_the_same_rows(StoreKind kind)
    {
        await using var imported = await CollectorWorld.CreateAsync(kind);
        await using var replayed = await CollectorWorld.CreateAsync(kind);
        var random = new Random(17);
        var file = TapeWorld.Write(imported, "rows.csv", [TapeWorld.Header, .. Rows.Select(quote => GeneratedQuotes.Line(quote, random))]);

        var result = await TapeWorld.ImportAsync(imported, file);
        var collected = await CollectService.RunAsync(
            new CollectOptions
            {
                Symbols = [],
                Replay = new ReplayOptions(file, Speed: 0, []),
                LogFolder = replayed.LogFolder,
            },
            replayed.Store,
            [TradingMigrations.Set],
            TimeProvider.System,
            NullLogger.Instance,
            new Progress<CollectProgress>(),
            Cancellation
        );

        (result.Rows, result.Rejected).ShouldBe((Rows.Count, 0));
        Sorted(await imported.StoredAsync()).ShouldBe(Expected);
        (collected.Recorded, collected.Written, collected.Gaps).ShouldBe((Rows.Count, Rows.Count, 0));
        Sorted((await replayed.StoredAsync()).Select(WithoutArrival)).ShouldBe(Sorted(Rows.Select(WithoutArrival)));
    }

    private static Quote WithoutArrival(Quote quote) => quote with { LocalTimestamp = 0 };

    private static IReadOnlyList<string> Sorted(IEnumerable<Quote> quotes) =>
        [
            .. quotes
                .Select(quote =>
                    FormattableString.Invariant(
                        $"{quote.LocalTimestamp} {quote.Exchange} {quote.Symbol} {quote.Timestamp} {quote.AskAmount} {quote.AskPrice} {quote.BidPrice} {quote.BidAmount}"
                    )
                )
                .Order(StringComparer.Ordinal),
        ];

    private static async Task AppendAsync(string folder)
    {
        await using var log = DurableLog.Open(folder, new LogOptions(), TimeProvider.System);
        var record = new byte[1024];
        foreach (var quote in Rows)
        {
            await log.AppendAsync(record.AsMemory(0, QuoteRecords.Write(record, quote)), Cancellation);
        }
    }

    private static async Task StoreAsync(CollectorWorld world)
    {
        await AppendAsync(FiledLog.LogFolder(world));
        var drained = await DrainJob.RunAsync(new DrainOptions(), TapeWorld.Context(world), Cancellation);
        drained.FromLog.ShouldBe(Rows.Count);
    }

    private static Task<ExportResult> ExportAsync(CollectorWorld world, string file) =>
        ExportJob.RunAsync(new ExportOptions { Out = file }, TapeWorld.Context(world), Cancellation);

    private static Quote QuoteOf(ReadOnlyMemory<byte> content)
    {
        using var json = JsonDocument.Parse(content);
        var quote = json.RootElement;
        Int128 Units(string name) =>
            quote.GetProperty(name).GetString() is { } text ? Exact.FromDecimal(decimal.Parse(text, CultureInfo.InvariantCulture)) : 0;
        return new Quote(
            quote.GetProperty("exchange").GetString()!,
            quote.GetProperty("symbol").GetString()!,
            quote.GetProperty("update_id").GetInt64(),
            quote.GetProperty("timestamp").GetInt64(),
            quote.GetProperty("local_timestamp").GetInt64(),
            Units("ask_amount"),
            Units("ask_price"),
            Units("bid_price"),
            Units("bid_amount")
        );
    }
}
