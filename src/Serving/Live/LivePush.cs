using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;

namespace Tradepost.Serving.Live;

/// <summary>
/// Pushes what changes many times a second to all who listen: looked at once for everybody, up to sixty times a second and only while
/// somebody listens. Who takes it slowly gets the newest state when they are ready, never what came in between.
/// </summary>
public abstract class LivePush(TimeProvider time, IHostApplicationLifetime lifetime) : BackgroundService
{
    private const int PerSecond = 60;

    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(500);

    private readonly Pulse pulse = new();
    private readonly SemaphoreSlim arrived = new(0);
    private int listeners;

    /// <inheritdoc/>
    public override void Dispose()
    {
        arrived.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// Begins to look, because somebody listens; what it gives looks once, after so much time, and is true when anything is new.
    /// </summary>
    protected abstract Func<TimeSpan, CancellationToken, Task<bool>> Begin();

    /// <summary>What a listener gets, until they leave or the server stops.</summary>
    /// <param name="first">What comes first, whatever is new; null for nothing.</param>
    /// <param name="next">What is new since it was asked last; null when nothing is.</param>
    /// <param name="cancellationToken">Cancelled when the listener has left.</param>
    protected async IAsyncEnumerable<SseItem<byte[]>> FollowAsync(
        Func<CancellationToken, Task<SseItem<byte[]>>>? first,
        Func<SseItem<byte[]>?> next,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        using var listening = Listen();
        if (first is not null)
        {
            yield return await first(end.Token);
        }

        while (true)
        {
            var beat = pulse.Next;
            if (next() is { } news)
            {
                yield return news;
            }
            else if (!await HasNewsAsync(beat, end.Token))
            {
                yield break;
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await arrived.WaitAsync(stoppingToken);
            while (Volatile.Read(ref listeners) > 0)
            {
                try
                {
                    await PublishAsync(stoppingToken);
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    // Whoever waits is told by the end of their stream, and comes back. What gets past this ends the whole server.
                    pulse.Fail(e);
                    await Task.Delay(AfterFailure, time, stoppingToken);
                }
            }
        }
    }

    /// <summary>Looks for what is new until nobody listens any more.</summary>
    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var look = Begin();
        for (var tick = 1L; Volatile.Read(ref listeners) > 0; tick++)
        {
            if (await look(time.GetElapsedTime(began), cancellationToken))
            {
                pulse.Beat();
            }

            tick = Math.Max(tick, (long)(time.GetElapsedTime(began).TotalSeconds * PerSecond));
            var wait = TimeSpan.FromSeconds((double)(tick + 1) / PerSecond) - time.GetElapsedTime(began);
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, cancellationToken);
        }
    }

    /// <summary>False when the listener has left, or the server stops.</summary>
    private static async Task<bool> HasNewsAsync(Task beat, CancellationToken end)
    {
        try
        {
            await beat.WaitAsync(end);
            return true;
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return false;
        }
    }

    private Leaving Listen()
    {
        if (Interlocked.Increment(ref listeners) == 1)
        {
            arrived.Release();
        }

        return new Leaving(() => Interlocked.Decrement(ref listeners));
    }
}

/// <summary>Does something once somebody is done.</summary>
public sealed class Leaving(Action leave) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => leave();
}
