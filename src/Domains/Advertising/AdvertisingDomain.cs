using Tradepost.Advertising.Loading;
using Tradepost.Advertising.Replaying;
using Tradepost.Advertising.Syncing;
using Tradepost.Jobs;
using Tradepost.Serving;

namespace Tradepost.Advertising;

/// <summary>The advertising domain's way into the application.</summary>
public static class AdvertisingDomain
{
    /// <summary>One at a time writes what platforms report.</summary>
    internal const string WriteKey = "ads.write";

    /// <summary>Where the embedded topics lie in the data folder.</summary>
    internal const string Topics = "ads/topics";

    public static Domain AddAdvertising() =>
        new(
            "ads",
            "Campaigns on ad platforms: what was spent and what came of it, and when each number was known.",
            AdvertisingMigrations.Set,
            [
                JobDefinition.Of<LoadExportsOptions, object>(
                    LoadExports.Name,
                    "Load exports of Meta, Google Ads, TikTok or Yandex Direct; what is known already changes nothing.",
                    LoadExports.RunAsync
                ) with
                {
                    ConcurrencyKey = _ => WriteKey,
                },
                JobDefinition.Of<SyncOptions, SyncResult>(
                    SyncJob.Name,
                    "Bring the accounts of the Marketing API up to date; the last 28 days are asked for again.",
                    SyncJob.RunAsync
                ) with
                {
                    ConcurrencyKey = _ => WriteKey,
                },
            ]
        )
        {
            Settings = MetaSettings.All,
            Commands = ReplayServerCommand.All,
            Freshness = "SELECT 'campaign_metrics' AS name, max(learned_at) AS latest FROM campaign_metrics HAVING count(*) > 0",
        };
}
