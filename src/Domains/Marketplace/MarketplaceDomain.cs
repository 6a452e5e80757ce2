using Microsoft.Extensions.DependencyInjection;
using Tradepost.Jobs;
using Tradepost.Jobs.Rights;
using Tradepost.Jobs.Schedules;
using Tradepost.Marketplace.Exporting;
using Tradepost.Marketplace.Guarding;
using Tradepost.Marketplace.Loading;
using Tradepost.Marketplace.Monitoring;
using Tradepost.Marketplace.Products;
using Tradepost.Marketplace.Sales;
using Tradepost.Marketplace.Simulating;
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
                JobDefinition.Of<LoadOptions, object>(
                    "marketplace.load",
                    "Load files of offers, products, prices or known sales; what is there already is not taken twice.",
                    LoadJob.RunAsync
                ) with
                {
                    ConcurrencyKey = _ => WriteKey,
                },
                JobDefinition.Of<MonitorOptions, MonitorResult>(
                    MonitorJob.Name,
                    "Collect what sources show of products today, into a CSV file, the store or both.",
                    MonitorJob.RunAsync
                ) with
                {
                    ConcurrencyKey = _ => WriteKey,
                },
                JobDefinition.Of<CheckOptions, CheckResult>(
                    CheckJob.Name,
                    "Find the values that are not to be believed, and keep them out of estimates.",
                    CheckJob.RunAsync
                ) with
                {
                    ConcurrencyKey = _ => CheckJob.Name,
                },
                JobDefinition.Of<SalesOptions, SalesResult>(
                    SalesJob.Name,
                    "Estimate and forecast what every product sells, with the error of such estimates.",
                    SalesJob.RunAsync
                ) with
                {
                    ConcurrencyKey = _ => SalesJob.Name,
                },
                JobDefinition.Of<BacktestOptions, BacktestResult>(
                    "marketplace.backtest",
                    "Judge estimates of sales on the past, beside last month again and one constant.",
                    BacktestJob.RunAsync
                ) with
                {
                    Retry = RetryPolicy.Never,
                },
                JobDefinition.Of<ExportOptions, ExportResult>(
                    "marketplace.export",
                    "Export a table of the marketplace into a CSV or Parquet file.",
                    ExportJob.RunAsync
                ) with
                {
                    Retry = RetryPolicy.Never,
                },
                JobDefinition.Of<SimulateOptions, SimulateResult>(
                    SimulateJob.Name,
                    "Simulate a marketplace into the store, or into files that can be loaded.",
                    SimulateJob.RunAsync
                ) with
                {
                    ConcurrencyKey = _ => SimulateJob.Name,
                    Retry = RetryPolicy.Never,
                    Role = AskerRole.Admin,
                },
            ]
        )
        {
            Schedules =
            [
                new NewSchedule
                {
                    Name = "marketplace.monitor",
                    Job = MonitorJob.Name,
                    Cron = "0 1 * * *",
                },
                new NewSchedule
                {
                    Name = "marketplace.sales",
                    Job = SalesJob.Name,
                    Cron = "0 5 * * *",
                },
            ],
            Commands = SuspectCommands.All,
            Routes = routes =>
            {
                ProductRoutes.Map(routes);
                SalesRoutes.Map(routes);
                SuspectRoutes.Map(routes);
            },
            Services = services => services.AddSingleton<Suspects>(),
            Freshness = "SELECT 'features_daily' AS name, CAST(max(last_seen) AS timestamp) AS latest FROM products HAVING count(*) > 0",
            PersonalColumns =
            [
                new("merchants", "id", PersonKind.Merchant),
                new("merchants", "name", PersonKind.Merchant),
                new("offers", "merchant", PersonKind.Merchant),
                new("price_history", "merchant", PersonKind.Merchant),
                new("suspects", "decided_by", PersonKind.Staff),
            ],
            Demo = new DomainDemo { Load = MarketplaceDemo.LoadAsync },
        };
}
