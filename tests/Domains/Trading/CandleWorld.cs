using System.IO.Compression;
using System.Text;
using Tradepost.Storage;
using Tradepost.Storage.Migrations;
using Tradepost.Trading.Candles;
using Tradepost.Trading.Features;

namespace Tradepost.Trading.Tests;

/// <summary>Candles and features in the store of a collector's world.</summary>
internal static class CandleWorld
{
    /// <summary>2024-01-01, a Monday, in seconds.</summary>
    public const long Start = 1_704_067_200;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<CollectorWorld> CreateAsync(StoreKind kind)
    {
        var world = await CollectorWorld.CreateAsync(kind);
        await new Migrator(world.Store, [StorageMigrations.Set], TimeProvider.System).MigrateAsync(Cancellation);
        return world;
    }

    public static Task<CandlesResult> CandlesAsync(CollectorWorld world, params string[] files) =>
        CandlesAsync(world, new CandlesOptions { Files = files });

    public static Task<CandlesResult> CandlesAsync(CollectorWorld world, CandlesOptions options) =>
        CandlesJob.RunAsync(options, TapeWorld.Context(world), Cancellation);

    public static async Task<FeaturesResult> FeaturesAsync(CollectorWorld world, FeatureMode mode = FeatureMode.Incremental) =>
        (FeaturesResult)await FeaturesJob.RunAsync(new FeaturesOptions { Mode = mode }, TapeWorld.Context(world), Cancellation);

    /// <summary>Candles as the table has them, in order of time.</summary>
    public static async Task<IReadOnlyList<Candle>> StoredAsync(CollectorWorld world, CandleKey key)
    {
        await using var connection = await world.Store.OpenAsync(Cancellation);
        return await CandleTable.ReadAsync(connection, key, 0, Moment.Of(new DateTime(2100, 1, 1)), Cancellation);
    }

    /// <summary>All rows of a query, each as a text that tells every bit.</summary>
    public static async Task<IReadOnlyList<string>> RowsAsync(CollectorWorld world, string query)
    {
        await using var connection = await world.Store.OpenAsync(Cancellation);
        return await connection.ReadAsync(
            query,
            row =>
                string.Join(
                    ' ',
                    Enumerable
                        .Range(0, row.FieldCount)
                        .Select(i =>
                            row.IsDBNull(i) ? "-"
                            : row.GetValue(i) is double number ? BitConverter.DoubleToInt64Bits(number).ToString("x")
                            : row.GetValue(i) is DateTime time ? time.ToString("s")
                            : row.GetValue(i).ToString()
                        )
                ),
            Cancellation
        );
    }

    public static Task<IReadOnlyList<string>> FeatureRowsAsync(CollectorWorld world) =>
        RowsAsync(world, "SELECT * FROM trading_features ORDER BY symbol, feature_time");

    /// <summary>A zip with one file.</summary>
    public static string Zip(CollectorWorld world, string name, string entry, IEnumerable<string> lines)
    {
        var path = Path.Combine(world.Folder, name);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        using var file = zip.CreateEntry(entry).Open();
        file.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
        return path;
    }

    /// <summary>Lines of hourly candles whose prices wander, without a header.</summary>
    public static IEnumerable<string> Lines(int count, int seed = 1, int first = 0)
    {
        var random = new Random(seed);
        var close = 100.0;
        for (var i = 0; i < first + count; i++)
        {
            var open = close;
            close = Math.Round(open * Math.Exp((random.NextDouble() - 0.5) / 50), 2);
            var (high, low) = (Math.Max(open, close) + 0.5, Math.Min(open, close) - 0.5);
            var volume = Math.Round(random.NextDouble() * 100, 3);
            if (i >= first)
            {
                yield return FormattableString.Invariant($"{Start + (i * 3600L)},{open:R},{high:R},{low:R},{close:R},{volume:R}");
            }
        }
    }
}
