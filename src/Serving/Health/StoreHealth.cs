using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;

namespace Tradepost.Serving.Health;

/// <summary>
/// Knows whether the store can be reached. It asks now and then, at once when a request found the store away, and each
/// second while it is away; so requests are refused without waiting, and served again by themselves.
/// </summary>
internal sealed partial class StoreHealth(Store store, Migrator migrator, TimeProvider time, ILogger<StoreHealth> logger)
    : BackgroundService
{
    private static readonly TimeSpan PauseWhenWell = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseWhenAway = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim suspicion = new(0, 1);
    private volatile bool isReachable = true;
    private volatile IReadOnlyList<string> pending = [];

    public bool IsReachable => isReachable;

    /// <summary>Migrations that this program has and the store lacks.</summary>
    public IReadOnlyList<string> PendingMigrations => pending;

    /// <summary>Has the store looked at now instead of at the next turn.</summary>
    public void Suspect()
    {
        try
        {
            suspicion.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is about to be looked at already.
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        suspicion.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Yield();
            while (!stoppingToken.IsCancellationRequested)
            {
                await LookAsync(stoppingToken);
                await WaitAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        using var turn = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var pause = Task.Delay(isReachable ? PauseWhenWell : PauseWhenAway, time, turn.Token);
        var suspected = isReachable ? suspicion.WaitAsync(turn.Token) : Task.Delay(Timeout.InfiniteTimeSpan, turn.Token);
        await Task.WhenAny(pause, suspected);
        await turn.CancelAsync();
        stoppingToken.ThrowIfCancellationRequested();
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        patience.CancelAfter(Patience);
        try
        {
            // That all others are in use does not mean that the store is away.
            await using var connection = await store.OpenApartAsync(patience.Token);
            await connection.ScalarAsync<int>("SELECT 1", parameters: null, patience.Token);
            var statuses = await migrator.StatusAsync(connection, patience.Token);
            pending =
            [
                .. statuses
                    .Where(status => status.State != MigrationState.Applied)
                    .Select(status => $"{status.Owner} {status.Number:000}_{status.Name}"),
            ];
            Found();
        }
        catch (Exception e) when (StoreFailure.IsExhausted(e))
        {
            Found(); // it is there, and has no room at the moment
        }
        catch (Exception e)
            when (StoreFailure.IsOfStore(e)
                || e is ConfigurationException
                || (e is OperationCanceledException && !stoppingToken.IsCancellationRequested)
            )
        {
            if (isReachable)
            {
                isReachable = false;
                LogAway(store.Description, e.Message);
            }
        }
    }

    private void Found()
    {
        if (!isReachable)
        {
            isReachable = true;
            LogBack(store.Description);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Store} is away: {Reason}")]
    private partial void LogAway(string store, string reason);

    [LoggerMessage(LogLevel.Warning, "{Store} is back")]
    private partial void LogBack(string store);
}
