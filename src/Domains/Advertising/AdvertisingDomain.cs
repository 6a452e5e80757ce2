using Microsoft.Extensions.DependencyInjection;
using Tradepost.Advertising.Campaigns;
using Tradepost.Advertising.Events;
using Tradepost.Advertising.Features;
using Tradepost.Advertising.Feeds;
using Tradepost.Advertising.Loading;
using Tradepost.Advertising.Managing;
using Tradepost.Advertising.Privacy;
using Tradepost.Advertising.Replaying;
using Tradepost.Advertising.Simulating;
using Tradepost.Advertising.Syncing;
using Tradepost.Jobs;
using Tradepost.Jobs.Rights;
using Tradepost.Serving;
using Tradepost.Storage.Retrying;

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
                JobDefinition.Of<EraseOfAdsOptions, ErasureReceipt>(
                    EraseFromAds.Name,
                    "Erase everything that is kept of a person, and give a receipt.",
                    EraseFromAds.RunAsync
                ) with
                {
                    ConcurrencyKey = _ => EraseFromAds.Name,
                    Retry = RetryPolicy.Never,
                    Role = AskerRole.Admin,
                },
            ]
        )
        {
            Routes = routes =>
            {
                EventRoutes.Map(routes);
                MetaRoutes.Map(routes);
                CampaignRoutes.Map(routes);
                AdFeatureRoutes.Map(routes);
                ManagingRoutes.Map(routes);
                FeedRoutes.Map(routes);
                PrivacyRoutes.Map(routes);
            },
            Services = services =>
            {
                services.AddSingleton<RawBody>();
                services.AddSingleton<EventTopic>();
                services.AddSingleton<ServedFeatures>();
                services.AddHostedService<EventCounter>();
                services.AddHostedService<EventCopier>();
                services.AddSingleton<CampaignManager>();
                services.AddHostedService<ChangeSettling>();
            },
            Settings = [.. EventSettings.All, .. MetaSettings.All, .. BudgetCaps.All, FeatureSettings.Setting, .. AdvertisingRetention.All],
            Retention = AdvertisingRetention.Of,
            Commands = ReplayServerCommand.All,
            OwnFolders = [Topics],
            PersonalColumns =
            [
                new("ad_events", "user_id", PersonKind.Customer),
                new("campaign_metrics", "user_id", PersonKind.Customer),
                new("campaign_metrics_now", "user_id", PersonKind.Customer),
                new("daily_campaign_summary", "user_id", PersonKind.Customer),
                new("daily_campaign_summary_as_of", "user_id", PersonKind.Customer),
                new("consents", "user_id", PersonKind.Customer),
                new("erasures", "person", PersonKind.Customer),
                new("erased_refusals", "person", PersonKind.Customer),
                new("campaign_changes", "asked_by", PersonKind.Staff),
            ],
            Demo = new DomainDemo { Load = AdvertisingDemo.LoadAsync },
            Freshness = "SELECT 'campaign_metrics' AS name, max(learned_at) AS latest FROM campaign_metrics HAVING count(*) > 0",
        };
}
