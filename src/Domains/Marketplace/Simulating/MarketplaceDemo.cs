using Tradepost.Marketplace.Guarding;
using Tradepost.Marketplace.Sales;
using Tradepost.Serving;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;
using Tradepost.Storage.Connections;

namespace Tradepost.Marketplace.Simulating;

/// <summary>A simulated marketplace with decoys on some days, what the guard finds of them, and what its products are thought to sell.</summary>
internal static class MarketplaceDemo
{
    private const int Month = 30;

    public static async Task<DemoResult> LoadAsync(Session session, CancellationToken cancellationToken)
    {
        var simulated = await session.RunAsync<SimulateResult>(SimulateJob.Name, new SimulateOptions { Decoys = 1 }, cancellationToken);
        var check = await session.RunAsync<CheckResult>(CheckJob.Name, new CheckOptions(), cancellationToken);
        // Those of a month before are what the market's changes are against.
        await session.RunAsync<SalesResult>(SalesJob.Name, new SalesOptions { Day = simulated.To.AddDays(-Month) }, cancellationToken);
        var sales = await session.RunAsync<SalesResult>(SalesJob.Name, new SalesOptions(), cancellationToken);
        var data = Path.GetRelativePath(session.Terminal.Folder, session.Settings.DataFolder);
        var ofStore = session.Settings.Store is EmbeddedTarget ? $" --data {data}" : "";
        return new DemoResult(
            new
            {
                Simulate = simulated,
                check.Checked,
                Suspect = check.Suspect.Count,
                sales.Estimated,
            },
            printer => Print(printer, simulated, check, sales),
            [
                $"db query \"SELECT rule, count(*) FROM suspects GROUP BY 1 ORDER BY 2 DESC\"{ofStore}",
                $"db query \"SELECT * FROM suspects ORDER BY date LIMIT 10\"{ofStore}",
            ]
        );
    }

    private static void Print(Printer printer, SimulateResult simulated, CheckResult check, SalesResult sales)
    {
        printer.Heading("Marketplace: products watched day by day, guarded against lies");
        printer.Line();
        printer.Pairs(
            ("marketplace", $"{simulated.Products:N0} products from {simulated.From:yyyy-MM-dd} to {simulated.To:yyyy-MM-dd}, simulated"),
            ("decoys", $"{simulated.Decoys:N0} values that are not true"),
            ("guard", $"{check.Suspect.Count:N0} values of {check.Checked:N0} days of products are not believed"),
            ("sales", $"{sales.Estimated:N0} of {sales.Products:N0} products have an estimate of what they sell, with an interval")
        );
        printer.Line();
        printer.Table(
            ["rule", "values"],
            check
                .Suspect.GroupBy(suspect => suspect.Rule)
                .OrderByDescending(rule => rule.Count())
                .Select(rule => (IReadOnlyList<object?>)[rule.Key, rule.Count()])
        );
        printer.Line();
    }
}
