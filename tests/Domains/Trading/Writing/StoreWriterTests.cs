using Microsoft.Extensions.Logging.Abstractions;
using Tradepost.Storage;
using Tradepost.Streams;
using Tradepost.Trading.Quotes;
using Tradepost.Trading.Writing;

namespace Tradepost.Trading.Tests.Writing;

/// <summary>How far a log is in a store, when the store knows several.</summary>
public sealed class StoreWriterTests
{
    private const string Folder = "/data/trading/log";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Logs_of_two_machines_in_folders_of_one_name_are_each_written_once(StoreKind kind)
    {
        await using var world = await CollectorWorld.CreateAsync(kind);
        await AppendAsync(world, "one", 30);
        await AppendAsync(world, "other", 10);

        await MoveAsync(world, "one");
        await MoveAsync(world, "other");
        await AppendAsync(world, "one", 5);
        await MoveAsync(world, "one");

        (await world.StoredAsync())
            .GroupBy(quote => quote.Symbol)
            .ToDictionary(quotes => quotes.Key, quotes => quotes.Count())
            .ShouldBe(new Dictionary<string, int> { ["one"] = 35, ["other"] = 10 }, ignoreOrder: true);
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task A_position_that_was_noted_by_its_folder_is_taken_over_by_the_log(StoreKind kind)
    {
        await using var world = await CollectorWorld.CreateAsync(kind);
        await AppendAsync(world, "one", 30);
        await using var connection = await world.Store.OpenAsync(Cancellation);
        await connection.ExecuteAsync(
            "INSERT INTO log_positions (log, position, written_at) VALUES (@log, 20, @now)",
            new { log = Folder, now = TimeProvider.System.UtcMoment() },
            Cancellation
        );

        var identity = await MoveAsync(world, "one");

        (await world.StoredAsync()).Count.ShouldBe(10);
        var rows = await connection.ReadAsync(
            "SELECT log, folder, position FROM log_positions",
            row => (row.GetString(0), row.GetString(1), row.GetInt64(2)),
            Cancellation
        );
        rows.ShouldBe([(identity.ToString(), Folder, 30L)]);
    }

    private static async Task AppendAsync(CollectorWorld world, string name, int count)
    {
        await using var log = DurableLog.Open(Path.Combine(world.Folder, name), new LogOptions(), TimeProvider.System);
        var buffer = new byte[512];
        for (var i = 0; i < count; i++)
        {
            var quote = new Quote("simulator", name, i + 1, TapeWorld.Noon + i, TapeWorld.Noon + i, 1, 2, 3, 4);
            await log.AppendAsync(buffer.AsMemory(0, QuoteRecords.Write(buffer, quote)), Cancellation);
        }
    }

    /// <summary>Moves all of a log to the store.</summary>
    /// <returns>The log's identity.</returns>
    private static async Task<Guid> MoveAsync(CollectorWorld world, string name)
    {
        await using var log = DurableLog.Open(Path.Combine(world.Folder, name), new LogOptions(), TimeProvider.System);
        using var writer = QuoteDrains.ToStore(
            world.Store,
            log,
            Folder,
            TimeProvider.System,
            NullLogger.Instance,
            flushInterval: TimeSpan.Zero
        );
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var writing = writer.RunAsync(stop.Token);
        while (writer.Position < log.Durable && !writing.IsCompleted)
        {
            await Task.Delay(5, Cancellation);
        }

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => writing);
        return log.Identity;
    }
}
