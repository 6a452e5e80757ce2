using Tradepost.Jobs;
using Tradepost.Marketplace.Sales;
using Tradepost.Serving;
using Tradepost.Storage.Retrying;

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
            ]
        )
        {
            Routes = SalesRoutes.Map,
        };
}
