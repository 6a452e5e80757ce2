using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;
using Tradepost.Storage.Connections;
using Tradepost.Trading.Watching;

namespace Tradepost.App.Api.Trading;

/// <summary>The feeds, once or for as long as somebody listens.</summary>
internal sealed class FeedStream(QuoteWatch watch, Settings settings, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public async Task<Feeds> ReadAsync(CancellationToken cancellationToken) =>
        new(await watch.LatestAsync(cancellationToken), LogBytes(), await watch.WrittenAsync(cancellationToken));

    public async IAsyncEnumerable<Feeds> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            yield return await ReadAsync(end.Token);
        }
        while (await timer.WaitForNextTickAsync(end.Token));
    }

    private long LogBytes()
    {
        var folder = new DirectoryInfo(Path.Combine(settings.DataFolder, "trading", "log"));
        return folder.Exists ? folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) : 0;
    }
}
