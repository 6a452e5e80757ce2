using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Tests.Support;
using Tradepost.Trading.Importing;

namespace Tradepost.Trading.Tests;

/// <summary>Jobs on files, in the store of a collector's world.</summary>
internal static class TapeWorld
{
    public const string Header = "exchange,symbol,timestamp,local_timestamp,ask_amount,ask_price,bid_price,bid_amount";
    public const long Noon = 1_723_118_400_000_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static JobContext Context(CollectorWorld world, params KeyValuePair<string, string>[] settings) =>
        new()
        {
            Settings = Settings.Load(
                new SettingSources(
                    new Dictionary<string, string>(settings) { [SettingNames.Data] = world.Folder, [SettingNames.DatabaseUrl] = world.Url },
                    new Dictionary<string, string>(),
                    world.Folder,
                    _ => null
                )
            ),
            Store = world.Store,
            Time = TimeProvider.System,
            Progress = new Progress<JobProgress>(),
            Logger = NullLogger.Instance,
            Migrations = [TradingMigrations.Set],
        };

    public static Task<ImportResult> ImportAsync(CollectorWorld world, params string[] files) =>
        ImportAsync(world, new ImportOptions { Files = files });

    public static Task<ImportResult> ImportAsync(CollectorWorld world, ImportOptions options) =>
        ImportJob.RunAsync(options, Context(world), Cancellation);

    public static string Shared(string file) => SharedData.Path($"data/trading/{file}");

    /// <summary>Lines of quotes that differ, a second apart.</summary>
    public static IEnumerable<string> Lines(int count, int first = 0) =>
        Enumerable
            .Range(first, count)
            .Select(i =>
                FormattableString.Invariant(
                    $"binance-futures,BTCUSDT,{Noon + (i * 1000L)},{Noon + (i * 1000L) + 7},{1 + (i % 9)}.5,{60_000 + (i % 100)}.3,{59_999 + (i % 100)}.1,0.{1 + (i % 8)}"
                )
            );

    public static string Write(CollectorWorld world, string name, IEnumerable<string> lines)
    {
        var path = Path.Combine(world.Folder, name);
        using Stream file = name.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(File.Create(path), CompressionLevel.Fastest)
            : File.Create(path);
        file.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
        return path;
    }

    /// <summary>Counts what a query gives.</summary>
    public static async Task<long> CountAsync(CollectorWorld world, string from)
    {
        await using var connection = await world.Store.OpenAsync(Cancellation);
        return await connection.ScalarAsync<long>($"SELECT count(*) FROM {from}", null, Cancellation);
    }

    /// <summary>All quotes of a store, as lines in an order of their own.</summary>
    public static async Task<IReadOnlyList<string>> RowsAsync(CollectorWorld world)
    {
        await using var connection = await world.Store.OpenAsync(Cancellation);
        var rows = await connection.ReadAsync(
            "SELECT exchange, symbol, timestamp, local_timestamp, ask_amount, ask_price, bid_price, bid_amount FROM orderbook_data",
            row =>
                string.Join(
                    ',',
                    Enumerable.Range(0, 8).Select(i => Convert.ToString(row.GetValue(i), System.Globalization.CultureInfo.InvariantCulture))
                ),
            Cancellation
        );
        return [.. rows.Order(StringComparer.Ordinal)];
    }
}
