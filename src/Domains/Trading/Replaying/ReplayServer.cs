using Tradepost.Trading.Books;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Sockets;

namespace Tradepost.Trading.Replaying;

/// <summary>
/// Serves a recording on the loopback address as the exchange would: streams by WebSocket, snapshots of order books by REST. Time goes on
/// as in the recording, times a speed, for all clients alike: who is not there misses what is sent.
/// </summary>
internal sealed class ReplayServer : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private readonly Dictionary<string, LiveBook> books = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BookSnapshot> snapshots = new(StringComparer.Ordinal);
    private readonly MarketMessage change = new();
    private readonly Queue<Fault> faults;
    private readonly Exchange exchange;
    private readonly TimeProvider clock;
    private readonly IReadOnlyCollection<string> awaited;
    private double speed;
    private readonly FrameServer server;
    private Fault? quiet;
    private long quietSince;
    private Fault? late;

    /// <summary>Begins to listen; the recording begins with the first client.</summary>
    /// <param name="frames">Gone through twice: for the first snapshots, and to be played.</param>
    /// <param name="speed">How much faster than it was; 0: as fast as clients take it, and not while there are none.</param>
    /// <param name="port">0 for any that is free.</param>
    /// <param name="awaited">Streams that have to be subscribed to before the first frame: who comes later misses what was sent
    /// before.</param>
    public ReplayServer(
        Exchange exchange,
        IEnumerable<RecordedFrame> frames,
        double speed,
        IEnumerable<Fault> faults,
        TimeProvider clock,
        int port = 0,
        IReadOnlyCollection<string>? awaited = null
    )
    {
        (this.exchange, this.speed, this.clock, this.awaited) = (exchange, speed, clock, awaited ?? []);
        this.faults = new Queue<Fault>(faults.OrderBy(fault => fault.AfterFrames));
        foreach (var frame in frames.Where(frame => frame is { IsSnapshot: true, Symbol.Length: > 0 }))
        {
            snapshots.TryAdd(frame.Symbol, exchange.ReadSnapshot(frame.Frame));
        }

        server = new FrameServer(new ServedProtocol(exchange.ReadSubscription, AnswerAsync), port);
        Playing = Task.Run(() => PlayAsync(frames));
    }

    /// <summary>Where streams are had.</summary>
    public Uri Stream => server.Stream;

    /// <summary>Where snapshots are had.</summary>
    public Uri Rest => server.Rest;

    /// <summary>Completes when the last frame was handed to every client.</summary>
    public Task Playing { get; }

    /// <summary>Frames that were sent, or would have been to a client.</summary>
    public long Played { get; private set; }

    /// <summary>Completes when no client is there any more.</summary>
    public Task Left => server.LeftAsync();

    /// <summary>Closes all connections when what waits for them is sent.</summary>
    public void CloseAll() => server.CloseAll();

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Playing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await server.DisposeAsync();
        stopping.Dispose();
    }

    /// <summary>Plays what is left as fast as clients take it.</summary>
    public void Hurry() => Volatile.Write(ref speed, 0);

    private async Task PlayAsync(IEnumerable<RecordedFrame> frames)
    {
        var token = stopping.Token;
        await server.FirstSubscriber.WaitAsync(token);
        while (!server.IsHeard(awaited))
        {
            await Task.Delay(Look, clock, token);
        }

        var (began, first) = (clock.GetTimestamp(), 0L);
        RecordedFrame? held = null;
        foreach (var frame in frames)
        {
            first = first == 0 ? frame.LocalTimestamp : first;
            await WaitForAsync(frame.LocalTimestamp - first, began, token);
            Keep(frame);
            if (frame.IsSnapshot)
            {
                continue;
            }

            var (times, bytes) = Befall(frame);
            var isHeld = times < 0;
            for (; times > 0; times--)
            {
                await server.SendAsync(frame.Stream, bytes, token);
            }

            if (held is { } earlier && earlier.Stream == frame.Stream)
            {
                held = null;
                await server.SendAsync(earlier.Stream, earlier.Frame, token);
            }

            held = isHeld ? frame : held;
            Played++;
        }
    }

    /// <summary>Waits until it is time for a frame; at full speed, until somebody is there to take it.</summary>
    private async ValueTask WaitForAsync(long sinceFirst, long began, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref speed) is > 0 and var times)
        {
            var due = TimeSpan.FromMicroseconds(sinceFirst / times) - clock.GetElapsedTime(began);
            if (due > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(due, clock, cancellationToken);
            }

            return;
        }

        while (!server.HasSubscribers)
        {
            await Task.Delay(Look, clock, cancellationToken);
        }
    }

    /// <summary>Keeps the book as the exchange has it, for clients that ask for a snapshot later.</summary>
    private void Keep(RecordedFrame frame)
    {
        if (frame is { IsSnapshot: false, IsChange: false })
        {
            return;
        }

        lock (gate)
        {
            if (!books.TryGetValue(frame.Symbol, out var book))
            {
                books[frame.Symbol] = book = new LiveBook(exchange.IsChained);
            }

            if (frame.IsSnapshot)
            {
                book.Begin(exchange.ReadSnapshot(frame.Frame));
                return;
            }

            exchange.Read(frame.Frame, change);
            book.Apply(change);
        }
    }

    /// <summary>What becomes of a frame: how often it is sent (−1: only behind the next of its stream), and what of it.</summary>
    private (int Times, ReadOnlyMemory<byte> Bytes) Befall(RecordedFrame frame)
    {
        if (
            faults.TryPeek(out var next)
            && next.AfterFrames <= Played
            && (next.Stream.Length == 0 || next.Stream == frame.Stream || next.Kind is FaultKind.Silence)
        )
        {
            faults.Dequeue();
            switch (next.Kind)
            {
                case FaultKind.Drop:
                    server.CutAll();
                    break;
                case FaultKind.Close:
                    server.CloseAll();
                    break;
                case FaultKind.Duplicate:
                    return (2, frame.Frame);
                case FaultKind.Reorder:
                    return (-1, default);
                case FaultKind.Malformed:
                    return (1, frame.Frame.AsMemory(0, frame.Frame.Length / 2));
                case FaultKind.LateSnapshot or FaultKind.TooMany:
                    late = next;
                    break;
                default:
                    (quiet, quietSince) = (next, clock.GetTimestamp());
                    if (next.Kind == FaultKind.Unserved)
                    {
                        server.CutAll();
                    }

                    break;
            }
        }

        return (IsQuiet(frame.Stream) ? 0 : 1, frame.Frame);
    }

    private bool IsQuiet(string stream)
    {
        if (quiet is not { } fault)
        {
            return false;
        }

        if (clock.GetElapsedTime(quietSince) > fault.Duration)
        {
            quiet = null;
            return false;
        }

        return fault.Kind != FaultKind.Silence || fault.Stream == stream;
    }

    private async Task<ServedAnswer> AnswerAsync(string path, CancellationToken cancellationToken)
    {
        var fault = late;
        late = null;
        if (fault is { Kind: FaultKind.TooMany })
        {
            return new ServedAnswer("429 Too Many Requests", exchange.RefuseSnapshot(isTooMany: true), fault.Duration);
        }

        if (fault is not null)
        {
            await Task.Delay(fault.Duration, clock, cancellationToken);
        }

        return SnapshotOf(exchange.SymbolAsked(path)) is { } snapshot
            ? new ServedAnswer("200 OK", exchange.WriteSnapshot(snapshot))
            : new ServedAnswer("400 Bad Request", exchange.RefuseSnapshot(isTooMany: false));
    }

    private BookSnapshot? SnapshotOf(string symbol)
    {
        lock (gate)
        {
            return books.TryGetValue(symbol, out var book) && book.IsLive
                ? new BookSnapshot(book.LastUpdateId, [.. book.Levels.Bids], [.. book.Levels.Asks])
                : snapshots.GetValueOrDefault(symbol);
        }
    }
}
