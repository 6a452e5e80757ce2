using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Tradepost.Storage.Connections;
using Tradepost.Trading.Collecting;
using Tradepost.Trading.Simulating;
using Tradepost.Trading.Watching;

namespace Tradepost.App.Tests.Hosting;

/// <summary>A simulated market, and its collector in the process of the server.</summary>
internal sealed class SimulatedFeed : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
    private readonly Task collecting;

    private SimulatedFeed(ApiWorld world, LiveBoard board) =>
        collecting = CollectService.RunAsync(
            new CollectOptions
            {
                Exchange = CollectService.Simulator,
                Symbols = Symbols,
                Depth = true,
                Simulation = new SimulationOptions { Rate = 30 },
                LogFolder = Path.Combine(world.Services.GetRequiredService<Settings>().DataFolder, "trading", "log"),
                Board = board,
            },
            world.Store,
            Domains.Migrations,
            TimeProvider.System,
            NullLogger.Instance,
            new Progress<CollectProgress>(),
            stop.Token
        );

    public static IReadOnlyList<string> Symbols { get; } = ["SIM01", "SIM02", "SIM03"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Begins, and waits until each symbol has a quote and a book that was compared with it.</summary>
    public static async Task<SimulatedFeed> StartAsync(ApiWorld world)
    {
        var board = world.Services.GetRequiredService<LiveBoard>();
        var feed = new SimulatedFeed(world, board);
        foreach (var symbol in Symbols)
        {
            while ((await board.DepthAsync(CollectService.Simulator, symbol, known: null, Cancellation))?.Agreement is null)
            {
                await Task.Delay(20, Cancellation);
            }
        }

        return feed;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await collecting;
        stop.Dispose();
    }
}
