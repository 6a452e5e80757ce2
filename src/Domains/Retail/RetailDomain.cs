using Tradepost.Jobs;
using Tradepost.Retail.Etl;

namespace Tradepost.Retail;

/// <summary>The retail domain's way into the application.</summary>
public static class RetailDomain
{
    public static Domain AddRetail() => new(
        "retail",
        "A web shop's four databases as a star schema.",
        RetailMigrations.Set,
        [
            JobDefinition.Of<EtlOptions, EtlResult>("retail.etl", "Load the warehouse from the shop's databases, fully or incrementally.", EtlJob.RunAsync),
        ]);
}
