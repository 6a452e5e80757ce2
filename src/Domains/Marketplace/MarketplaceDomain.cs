using Microsoft.Extensions.DependencyInjection;
using Tradepost.Jobs;
using Tradepost.Jobs.Rights;
using Tradepost.Marketplace.Guarding;
using Tradepost.Marketplace.Simulating;
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
                JobDefinition.Of<CheckOptions, CheckResult>(
                    CheckJob.Name,
                    "Find the values that are not to be believed, and keep them out of estimates.",
                    CheckJob.RunAsync
                ) with
                {
                    ConcurrencyKey = _ => CheckJob.Name,
                },
            ]
        )
        {
            Commands = SuspectCommands.All,
            Routes = SuspectRoutes.Map,
            Services = services => services.AddSingleton<Suspects>(),
            PersonalColumns = [new("suspects", "decided_by", PersonKind.Staff)],
            Demo = new DomainDemo { Load = MarketplaceDemo.LoadAsync },
        };
}
