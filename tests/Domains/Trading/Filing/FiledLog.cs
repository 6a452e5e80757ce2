using System.IO.Compression;
using Microsoft.Extensions.Logging.Abstractions;
using Tradepost.Streams;
using Tradepost.Trading.Filing;
using Tradepost.Trading.Quotes;
using Tradepost.Trading.Writing;

namespace Tradepost.Trading.Tests.Filing;

/// <summary>A log of records, and the files it is moved into, in the folder of a world.</summary>
internal static class FiledLog
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static string LogFolder(CollectorWorld world) => Path.Combine(world.Folder, "trading", "log");

    public static string Folder(CollectorWorld world) => Path.Combine(world.Folder, "trading", "files");

    /// <summary>For each number a quote of two symbols and a trade; one gap with each call.</summary>
    public static async Task AppendAsync(CollectorWorld world, int first, int count, LogOptions? options = null)
    {
        await using var log = DurableLog.Open(LogFolder(world), options ?? new LogOptions(), TimeProvider.System);
        var buffer = new byte[512];
        for (var i = first; i < first + count; i++)
        {
            var at = TapeWorld.Noon + (i * 1_000L);
            foreach (var symbol in (string[])["BTCUSDT", "ETHUSDT"])
            {
                var quote = new Quote(
                    "binance-futures",
                    symbol,
                    i + 1,
                    at,
                    at + 7,
                    150_000_000,
                    6_000_010_000_000 + (i * 10L),
                    6_000_000_000_000,
                    200_000_001
                );
                await log.AppendAsync(buffer.AsMemory(0, QuoteRecords.Write(buffer, quote)), Cancellation);
            }

            var trade = new Trade("binance-futures", "BTCUSDT", i, at, at + 9, i % 2 == 0, 6_000_000_000_000, 100_000);
            await log.AppendAsync(buffer.AsMemory(0, QuoteRecords.Write(buffer, trade)), Cancellation);
        }

        var gap = new Gap(
            "binance-futures",
            "BTCUSDT",
            "quotes",
            TapeWorld.Noon + first,
            TapeWorld.Noon + first + 1,
            first,
            first + 1,
            GapReason.Disconnected
        );
        await log.AppendAsync(buffer.AsMemory(0, QuoteRecords.Write(buffer, gap)), Cancellation);
    }

    /// <summary>Moves the whole log into files.</summary>
    public static async Task MoveAsync(CollectorWorld world, bool forgetLog = false)
    {
        await using (var log = DurableLog.Open(LogFolder(world), new LogOptions(), TimeProvider.System))
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            using var writer = QuoteDrains.ToFiles(
                QuoteFolder.Open(Folder(world), log.First),
                log,
                TimeProvider.System,
                NullLogger.Instance,
                TimeSpan.Zero
            );
            var writing = writer.RunAsync(stop.Token);
            while (writer.Position < log.Durable && !writing.IsCompleted)
            {
                await Task.Delay(5, Cancellation);
            }

            await stop.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => writing);
        }

        if (forgetLog)
        {
            Directory.Delete(LogFolder(world), recursive: true);
            Directory.CreateDirectory(LogFolder(world));
        }
    }

    public static IReadOnlyList<string> Names(CollectorWorld world) =>
        [.. Directory.GetFiles(Folder(world), "*.csv.gz").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public static IReadOnlyList<string> Lines(CollectorWorld world, string name)
    {
        using var content = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(Folder(world), name)), CompressionMode.Decompress));
        return content.ReadToEnd().TrimEnd('\n').Split('\n');
    }

    /// <summary>Keeps what is known of the files now; gives where.</summary>
    public static string Copy(CollectorWorld world)
    {
        var kept = Path.Combine(world.Folder, "positions.before");
        File.Copy(Path.Combine(Folder(world), "positions.json"), kept);
        return kept;
    }
}
