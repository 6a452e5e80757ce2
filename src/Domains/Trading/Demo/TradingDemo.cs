using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Trading.Collecting;
using Tradepost.Trading.Simulating;
using Tradepost.Trading.Watching;

namespace Tradepost.Trading.Demo;

/// <summary>A simulated market, recorded beside the server of the demo.</summary>
internal static class TradingDemo
{
    private const int QuotesPerSecond = 10;

    private static readonly string[] Symbols = ["SIM01", "SIM02", "SIM03", "SIM04", "SIM05", "SIM06"];

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
