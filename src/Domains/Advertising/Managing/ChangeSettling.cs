using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tradepost.Advertising.Syncing;
using Tradepost.Jobs;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Failures;

namespace Tradepost.Advertising.Managing;

/// <summary>Settles, as long as a server runs, the changes of campaigns that a crash or a lost answer left open.</summary>
internal sealed partial class ChangeSettling(CampaignManager manager, Settings settings, TimeProvider time, ILogger<ChangeSettling> logger)
    : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!MetaSettings.IsGiven(settings))
        {
            return;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await manager.SettleAsync(stoppingToken);
            }
            catch (Exception e) when (e is ForeseenException || StoreFailure.IsOfStore(e))
            {
                LogOpen(e.Message);
            }

            await Task.Delay(BetweenLooks, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Changes of campaigns stay open: {Reason}")]
    private partial void LogOpen(string reason);
}
