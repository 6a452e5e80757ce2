using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tradepost.Storage;
using Tradepost.Storage.Connections;

namespace Tradepost.Advertising.Features;

/// <summary>
/// Features as they are served: from the memory of this process, from Redis where one is set, else from the store. A value is kept under the account's
/// mark, which is another one as soon as something is learned of the account: one of before is never found again. What is kept names neither account nor
/// ad. Thread-safe.
/// </summary>
internal sealed class ServedFeatures : IAsyncDisposable
{
    /// <summary>How long a value is kept at most.</summary>
    public static readonly TimeSpan LongestKept = TimeSpan.FromMinutes(10);

    private static readonly HybridCacheEntryOptions Kept = new()
    {
        Expiration = LongestKept,
        LocalCacheExpiration = TimeSpan.FromMinutes(1),
    };

    private readonly TimeProvider clock;
    private readonly TimeSpan longestFresh;
    private readonly AdFeatureReader reader;
    private readonly CurrentMarks marks;
    private readonly ServiceProvider services;
    private readonly HybridCache cache;

    public ServedFeatures(Store store, Settings settings, TimeProvider clock, ILogger logger)
    {
        this.clock = clock;
        longestFresh = FeatureSettings.LongestFresh(settings);
        reader = new AdFeatureReader(store, longestFresh);
        marks = new CurrentMarks(store, clock);
        var own = new ServiceCollection();
        own.AddHybridCache().AddSerializer<AdFeatures?, AdFeatureBytes>();
        if (settings.Redis is { } address)
        {
            own.AddSingleton<IDistributedCache>(_ => new RedisLevel(address, logger));
        }

        services = own.BuildServiceProvider();
        cache = services.GetRequiredService<HybridCache>();
    }

    /// <summary>Features of an ad.</summary>
    /// <param name="account">The account; empty for ads of the advertiser's own events.</param>
    /// <param name="ad">The ad.</param>
    /// <param name="asOf">The moment as of which they are wanted; null for now.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>As of the moment, or, for now, of at most ten minutes ago, since when nothing was learned of the account.</returns>
    public async Task<AdFeatures> ReadAsync(string account, string ad, DateTime? asOf, CancellationToken cancellationToken)
    {
        var now = clock.UtcMoment();
        var asked = new AdMoment(account, ad, asOf ?? now);
        if (await marks.FindAsync(account, cancellationToken) is not { } mark)
        {
            FeatureMetrics.OnServed(isFromStore: true);
            return await reader.ReadAsync(asked, cancellationToken);
        }

        // Values are of whole days: while nothing is learned those of now stay the same until the next day begins.
        var moment = asOf is { } said ? Moment.Of(said).ToString(CultureInfo.InvariantCulture) : $"{now:yyyy-MM-dd}";
        var key = KeyOf(mark, account, ad, moment);
        var isFromStore = false;
        var found = await cache.GetOrCreateAsync<AdFeatures?>(
            key,
            async token =>
            {
                isFromStore = true;
                return await ReadAsync(asked, token);
            },
            Kept,
            cancellationToken: cancellationToken
        );
        if (found is null)
        {
            FeatureMetrics.OnCacheFailure("unreadable");
            isFromStore = true;
            found = await ReadAsync(asked, cancellationToken);
            await cache.SetAsync<AdFeatures?>(key, found, Kept, cancellationToken: cancellationToken);
        }

        FeatureMetrics.OnServed(isFromStore);
        return (found with { Account = account, Ad = ad }).AgedAt(asked.AsOf, longestFresh);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        marks.Dispose();
    }

    private async Task<AdFeatures> ReadAsync(AdMoment asked, CancellationToken cancellationToken) =>
        await reader.ReadAsync(asked, cancellationToken) with
        {
            Account = "",
            Ad = "",
        };

    private static string KeyOf(params string[] parts) =>
        $"tradepost.ads.features.{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(parts)))}";
}
