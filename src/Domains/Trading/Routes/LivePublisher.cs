using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Tradepost.Serving.Live;
using Tradepost.Trading.Watching;

namespace Tradepost.Trading.Routes;

/// <summary>Pushes quotes and order books to all who listen.</summary>
internal sealed class LivePublisher(
    LiveBoard board,
    QuoteWatch watch,
    FeedState state,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    IOptions<JsonOptions> options
) : LivePush(time, lifetime)
{
    private static readonly TimeSpan OfOthers = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan OfOthersBesideOurs = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OfLog = TimeSpan.FromSeconds(1);

    private readonly JsonSerializerOptions json = options.Value.SerializerOptions;
    private readonly Lock gate = new();
    private readonly Dictionary<(string, string), ShownDepth> depths = [];
    private FeedLog log = new(0, null);

    /// <summary>What is shown.</summary>
    public ShownQuotes Quotes { get; } = new(options.Value.SerializerOptions);

    /// <summary>All feeds as an event <c>feeds</c>, then what changes of them as <c>quotes</c> and the log's size as <c>log</c>.</summary>
    public IAsyncEnumerable<SseItem<byte[]>> FollowAsync(CancellationToken cancellationToken)
    {
        var (seen, seenLog) = (0L, log);
        return FollowAsync(FirstAsync, Next, cancellationToken);

        async Task<SseItem<byte[]>> FirstAsync(CancellationToken end)
        {
            (seen, seenLog) = (Quotes.Version, log);
            return new SseItem<byte[]>(JsonSerializer.SerializeToUtf8Bytes(await state.ReadAsync(end), json), "feeds");
        }

        SseItem<byte[]>? Next()
        {
            if (Quotes.Since(seen) is var (changes, version))
            {
                seen = version;
                return new SseItem<byte[]>(changes, "quotes");
            }

            if (ReferenceEquals(log, seenLog))
            {
                return null;
            }

            // Each second, though it be the same: who hears nothing for longer has lost the connection.
            seenLog = log;
            return new SseItem<byte[]>(JsonSerializer.SerializeToUtf8Bytes(seenLog, json), "log");
        }
    }

    /// <summary>The best levels of a book as an event <c>depth</c>, again whenever they change.</summary>
    public async IAsyncEnumerable<SseItem<byte[]>> FollowDepthAsync(
        string exchange,
        string symbol,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var watching = Watch(exchange, symbol, out var depth);
        var seen = 0L;
        await foreach (var news in FollowAsync(first: null, Next, cancellationToken))
        {
            yield return news;
        }

        SseItem<byte[]>? Next()
        {
            if (depth.Since(seen) is not (var written, var version))
            {
                return null;
            }

            seen = version;
            return new SseItem<byte[]>(written, "depth");
        }
    }

    protected override Func<TimeSpan, CancellationToken, Task<bool>> Begin()
    {
        var (others, logAt, number) = (TimeSpan.Zero, TimeSpan.Zero, 0L);
        return async (passed, cancellationToken) =>
        {
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

            return isNew;
        };
    }

    private ShownDepth[] Watched()
    {
        lock (gate)
        {
            return [.. depths.Values];
        }
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
}
