using System.Data.Common;
using MySqlConnector;
using Tradepost.Jobs;
using Tradepost.Retail.Sources;
using Tradepost.Storage;
using Tradepost.Storage.Connections;

namespace Tradepost.Retail.Generation;

/// <summary>Generates a shop where the settings say the shop is: four MySQL databases, or four embedded ones.</summary>
internal static class GenerateJob
{
    /// <summary>A shop that the settings name is somebody's: no request over the network writes into it.</summary>
    public static string? OnlyHere(object options, Settings settings) =>
        ShopSources.UrlsOf(settings).Values.Any(url => url is not null)
            ? "The settings name the shop's databases, and retail.generate would write into them; that is done at the server's own "
                + "command line."
            : null;

    public static async Task<GenerateReport> RunAsync(GenerateOptions options, JobContext context, CancellationToken cancellationToken)
    {
        var urls = Urls(context.Settings);
        var folder = Path.Combine(context.Settings.DataFolder, "retail");
        context.Progress.Report(new JobProgress(options.Advance is null ? "generate" : "advance"));
        var started = context.Time.GetTimestamp();
        if (options.Advance is { } days)
        {
            var simulator = new ShopSimulator((database, token) => OpenAsync(urls, folder, database, token), options.Seed);
            var advanced = await simulator.AdvanceAsync(days, cancellationToken);
            return new GenerateReport { Advanced = advanced, Seconds = context.Time.GetElapsedTime(started).TotalSeconds };
        }

        var shop = new ShopOptions
        {
            Scale = options.Scale,
            Seed = options.Seed,
            DirtyShare = options.Dirty / 100,
            Until = options.Until ?? DateOnly.FromDateTime(context.Time.GetUtcNow().UtcDateTime),
        };
        ShopTarget target = urls is null
            ? new DuckDbShopTarget(folder)
            : new MySqlShopTarget(urls.ToDictionary(entry => entry.Key, entry => entry.Value.ConnectionString.Reveal()));
        var result = await new ShopGenerator(shop, context.Time).GenerateAsync(target, options.Force, cancellationToken);
        return new GenerateReport
        {
            Counts = result.Counts,
            Dirty = options.Dirty > 0 ? result.Dirty.ToDictionary(entry => entry.Key.ToString(), entry => (long)entry.Value) : null,
            Seconds = result.Seconds,
        };
    }

    private static Dictionary<string, MySqlUrl>? Urls(Settings settings)
    {
        var urls = ShopSources.UrlsOf(settings);
        var missing = urls.Where(entry => entry.Value is null).Select(entry => ShopSources.SettingOf(entry.Key)).ToList();
        if (missing.Count == urls.Count)
        {
            return null;
        }

        return missing.Count == 0
            ? urls.ToDictionary(entry => entry.Key, entry => entry.Value!) // every value was just found not to be null
            : throw new JobFailedException(
                $"A shop is generated into four MySQL databases or four embedded ones: set {string.Join(", ", missing)} as well, or none "
                    + "of the four.",
                2
            );
    }

    private static async Task<DbConnection> OpenAsync(
        Dictionary<string, MySqlUrl>? urls,
        string folder,
        string database,
        CancellationToken cancellationToken
    )
    {
        var path = DuckDbShopTarget.PathOf(folder, database);
        if (urls is null && !File.Exists(path))
        {
            throw new JobFailedException($"There is no shop at {path}; make one with `tradepost retail generate`.");
        }

        if (urls is null)
        {
            return await DuckDbStore.OpenFileAsync(path, cancellationToken);
        }

        var connection = new MySqlConnection(urls[database].ConnectionString.Reveal());
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}
