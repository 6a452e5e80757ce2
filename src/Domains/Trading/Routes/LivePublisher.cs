using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Tradepost.Serving.Live;
using Tradepost.Trading.Watching;

namespace Tradepost.Trading.Routes;

/// <summary>
/// Pushes quotes and order books to all who listen: looked at once for everybody, up to sixty times a second and only while somebody listens. Who
/// takes them slowly gets the newest state when they are ready, never what came in between.
/// </summary>
internal sealed class LivePublisher(
    LiveBoard board,
    QuoteWatch watch,
    FeedState state,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    IOptions<JsonOptions> options
) : BackgroundService
{
    private const int PerSecond = 60;

    private static readonly TimeSpan OfOthers = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan OfOthersBesideOurs = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OfLog = TimeSpan.FromSeconds(1);

    private readonly JsonSerializerOptions json = options.Value.SerializerOptions;
    private readonly Lock gate = new();
    private readonly Dictionary<(string, string), ShownDepth> depths = [];
    private readonly Pulse pulse = new();
    private readonly SemaphoreSlim arrived = new(0);
    private FeedLog log = new(0, null);
    private int listeners;

    /// <summary>What is shown.</summary>
    public ShownQuotes Quotes { get; } = new(options.Value.SerializerOptions);

    /// <summary>All feeds as an event <c>feeds</c>, then what changes of them as <c>quotes</c> and the log's size as <c>log</c>.</summary>
    public async IAsyncEnumerable<SseItem<byte[]>> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        using var listening = Listen();
        var (seen, seenLog) = (Quotes.Version, log);
        yield return new SseItem<byte[]>(JsonSerializer.SerializeToUtf8Bytes(await state.ReadAsync(end.Token), json), "feeds");
        while (true)
        {
            var next = pulse.Next;
            if (Quotes.Since(seen) is var (changes, version))
            {
                seen = version;
                yield return new SseItem<byte[]>(changes, "quotes");
            }
            else if (!ReferenceEquals(log, seenLog))
            {
                // Each second, though it be the same: who hears nothing for longer has lost the connection.
                seenLog = log;
                yield return new SseItem<byte[]>(JsonSerializer.SerializeToUtf8Bytes(seenLog, json), "log");
            }
            else if (!await HasNewsAsync(next, end.Token))
            {
                yield break;
            }
        }
    }

    /// <summary>The best levels of a book as an event <c>depth</c>, again whenever they change.</summary>
    public async IAsyncEnumerable<SseItem<byte[]>> FollowDepthAsync(
        string exchange,
        string symbol,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        using var watching = Watch(exchange, symbol, out var depth);
        using var listening = Listen();
        var seen = 0L;
        while (true)
        {
            var next = pulse.Next;
            if (depth.Since(seen) is var (written, version))
            {
                seen = version;
                yield return new SseItem<byte[]>(written, "depth");
            }
            else if (!await HasNewsAsync(next, end.Token))
            {
                yield break;
            }
        }
    }

    public override void Dispose()
    {
        arrived.Dispose();
        base.Dispose();
    }

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
                    await Task.Delay(OfOthers, time, stoppingToken);
                }
            }
        }
    }

    /// <summary>Looks for what is new until nobody listens any more.</summary>
    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var (others, logAt, number) = (TimeSpan.Zero, TimeSpan.Zero, 0L);
        for (var tick = 1L; Volatile.Read(ref listeners) > 0; tick++)
        {
            var passed = time.GetElapsedTime(began);
            var isNew = false;
            if (passed >= others)
            {
                others = passed + (board.HasCollectors ? OfOthersBesideOurs : OfOthers);
                isNew = Quotes.Update(await watch.LatestAsync(cancellationToken));
            }

            var isSecond = passed >= logAt;
            if (isSecond)
            {
                logAt = passed + OfLog;
                log = await state.ReadLogAsync(cancellationToken);
            }

            // Once a second all of them: how many there are in a minute changes without a quote too.
            (var news, number) = await board.QuotesAsync(isSecond ? 0 : number, cancellationToken);
            isNew |= Quotes.Update(news) | isSecond;
            foreach (var depth in Watched())
            {
                isNew |= await depth.UpdateAsync(cancellationToken);
            }

            if (isNew)
            {
                pulse.Beat();
            }

            tick = Math.Max(tick, (long)(time.GetElapsedTime(began).TotalSeconds * PerSecond));
            var wait = TimeSpan.FromSeconds((double)(tick + 1) / PerSecond) - time.GetElapsedTime(began);
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, cancellationToken);
        }
    }

    /// <summary>False when the listener has left, or the server stops.</summary>
    private static async Task<bool> HasNewsAsync(Task next, CancellationToken end)
    {
        try
        {
            await next.WaitAsync(end);
            return true;
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return false;
        }
    }

    private ShownDepth[] Watched()
    {
        lock (gate)
        {
            return [.. depths.Values];
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

    private Leaving Watch(string exchange, string symbol, out ShownDepth watched)
    {
        lock (gate)
        {
            var depth = watched = depths.TryGetValue((exchange, symbol), out var known)
                ? known
                : depths[(exchange, symbol)] = new ShownDepth(exchange, symbol, board, json);
            depth.Watchers++;
            return new Leaving(() => Unwatch(depth));
        }
    }

    private void Unwatch(ShownDepth depth)
    {
        lock (gate)
        {
            if (--depth.Watchers == 0)
            {
                depths.Remove((depth.Exchange, depth.Symbol));
            }
        }
    }

    private sealed class Leaving(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
