using Tradepost.Jobs;
using Tradepost.Jobs.Schedules;
using Tradepost.Marketplace.Exporting;
using Tradepost.Marketplace.Loading;
using Tradepost.Marketplace.Monitoring;
using Tradepost.Marketplace.Products;
using Tradepost.Serving;
using Tradepost.Storage.Retrying;

namespace Tradepost.Marketplace;

/// <summary>The marketplace domain's way into the application.</summary>
public static class MarketplaceDomain
{
    /// <summary>One at a time writes what was seen.</summary>
    internal const string WriteKey = "marketplace.load";

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
                    ConcurrencyKey = _ => WriteKey,
                },
                JobDefinition.Of<LoadOptions, object>(
                    "marketplace.load",
                    "Load files of offers, products, prices or known sales; what is there already is not taken twice.",
                    LoadJob.RunAsync
                ) with
                {
                    ConcurrencyKey = _ => WriteKey,
                },
                JobDefinition.Of<ExportOptions, ExportResult>(
                    "marketplace.export",
                    "Export a table of the marketplace into a CSV or Parquet file.",
                    ExportJob.RunAsync
                ) with
                {
                    Retry = RetryPolicy.Never,
                },
            ]
        )
        {
            Schedules = [new NewSchedule { Name = "marketplace.monitor", Job = "marketplace.monitor", Cron = "0 1 * * *" }],
            Freshness = "SELECT 'features_daily' AS name, CAST(max(last_seen) AS timestamp) AS latest FROM products HAVING count(*) > 0",
            PersonalColumns =
            [
                new("merchants", "id", PersonKind.Merchant),
                new("merchants", "name", PersonKind.Merchant),
                new("offers", "merchant", PersonKind.Merchant),
                new("price_history", "merchant", PersonKind.Merchant),
            ],
            Routes = routes =>
            {
                ProductRoutes.Map(routes);
            },
        };
}
