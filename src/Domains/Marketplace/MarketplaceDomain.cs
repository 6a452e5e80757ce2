using Tradepost.Jobs;
using Tradepost.Jobs.Schedules;
using Tradepost.Marketplace.Monitoring;
using Tradepost.Serving;

namespace Tradepost.Marketplace;

/// <summary>The marketplace domain's way into the application.</summary>
public static class MarketplaceDomain
{
    public static Domain AddMarketplace() =>
        new(
            "marketplace",
            "Products of a marketplace, watched day by day, and what they sell.",
            MarketplaceMigrations.Set,
            [
                JobDefinition.Of<MonitorOptions, MonitorResult>(
                    "marketplace.monitor",
                    "Collect what sources show of products today, into a CSV file, the store or both.",
                    MonitorJob.RunAsync
                ) with
                {
                    ConcurrencyKey = _ => "marketplace.monitor",
                },
            ]
        )
        {
            Schedules = [new NewSchedule { Name = "marketplace.monitor", Job = "marketplace.monitor", Cron = "0 1 * * *" }],
        };
}
