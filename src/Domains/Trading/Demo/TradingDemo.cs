using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tradepost.Jobs;
using Tradepost.Serving;
using Tradepost.Serving.Commands;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Trading.Collecting;
using Tradepost.Trading.Features;
using Tradepost.Trading.Simulating;
using Tradepost.Trading.Watching;

namespace Tradepost.Trading.Demo;

/// <summary>A year of simulated candles with their features, and a simulated market that is recorded beside the server of the demo.</summary>
internal static class TradingDemo
{
    private const int QuotesPerSecond = 10;

    private static readonly string[] Symbols = ["SIM01", "SIM02", "SIM03", "SIM04", "SIM05", "SIM06"];

    public static async Task<DemoResult> LoadAsync(Session session, CancellationToken cancellationToken)
    {
        var simulated = await session.RunAsync<SimulateCandlesResult>(
            SimulateCandlesJob.Name,
            new SimulateCandlesOptions(),
            cancellationToken
        );
        var features = await session.RunAsync<FeaturesResult>(FeaturesJob.Name, new FeaturesOptions(), cancellationToken);
        var data = Path.GetRelativePath(session.Terminal.Folder, session.Settings.DataFolder);
        var ofStore = session.Settings.Store is EmbeddedTarget ? $" --data {data}" : "";
        return new DemoResult(
            new { Simulate = simulated, Features = features },
            printer =>
            {
                printer.Heading("Trading: candles and what was known at the end of each hour");
                printer.Line();
                printer.Pairs(
                    ("candles", $"{simulated.Candles:N0} hours of {string.Join(" and ", simulated.Symbols)}, simulated"),
                    ("features", $"{FeatureList.All.Count} of each of {features.Rows:N0} hours")
                );
                printer.Line();
            },
            [$"trading features --list{ofStore}", $"trading export --table features --out features.csv{ofStore}"]
        );
    }

    public static Task CollectAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        CollectService.RunAsync(
            new CollectOptions
            {
                Exchange = CollectService.Simulator,
                Symbols = Symbols,
                Depth = true,
                Board = services.GetRequiredService<LiveBoard>(),
                Simulation = new SimulationOptions { Rate = QuotesPerSecond },
                LogFolder = TradingDomain.LogFolder(services.GetRequiredService<Settings>()),
            },
            services.GetRequiredService<Store>(),
            services.GetRequiredService<JobHost>().Catalogue.Migrations,
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger>(),
            new Progress<CollectProgress>(),
            cancellationToken
        );
}
