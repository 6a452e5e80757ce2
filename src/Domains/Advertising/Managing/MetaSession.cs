using Microsoft.Extensions.Logging;
using Tradepost.Advertising.Syncing;
using Tradepost.Advertising.Syncing.Graph;
using Tradepost.Storage.Retrying;

namespace Tradepost.Advertising.Managing;

/// <summary>The Marketing API for somebody who waits: it is not asked for longer than a person would, and not waited for.</summary>
internal sealed class MetaSession : IDisposable
{
    private readonly GraphClient client;

    public MetaSession(MetaSettings settings, TimeProvider time, ILogger logger, TimeSpan patience)
    {
        Settings = settings;
        client = new GraphClient(settings, time, logger)
        {
            MostWaits = 0,
            Patience = patience,
            Retrying = new RetryPolicy(3, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1)),
        };
        Campaigns = new MetaCampaigns(client, settings);
    }

    public MetaSettings Settings { get; }

    public MetaCampaigns Campaigns { get; }

    public void Dispose() => client.Dispose();
}
