using System.Net.WebSockets;
using Tradepost.Storage;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Collecting;

/// <summary>One WebSocket with some feeds subscribed on it, from its opening to its end.</summary>
internal sealed class FeedConnection : IAsyncDisposable
{
    private const int FeedsPerRequest = 50;
    private static readonly TimeSpan Handshake = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenRequests = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly ClientWebSocket socket = new();
    private readonly CancellationTokenSource stopping;
    private readonly Intake intake;
    private readonly TimeProvider clock;
    private readonly HashSet<Feed> heard = [];
    private string? reason;

    private FeedConnection(Intake intake, TimeProvider clock, CancellationToken cancellationToken)
    {
        (this.intake, this.clock) = (intake, clock);
        stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(20);
    }

    /// <summary>When anything came last, in microseconds since 1970.</summary>
    public long LastReceived { get; private set; }

    /// <summary>When the exchange acknowledged the subscription; 0 before.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>Whether any feed brought something.</summary>
    public bool HasData => heard.Count > 0;

    /// <summary>Whether an older connection still brings the same feeds.</summary>
    public bool IsSecond { get; set; }

    /// <summary>Completes with the reason when the connection ends by itself or is ended.</summary>
    public Task<string> Ended { get; private set; } = Task.FromResult(GapReason.Disconnected);

    public static async Task<FeedConnection> OpenAsync(
        Exchange exchange,
        string route,
        IReadOnlyList<Feed> feeds,
        Intake intake,
        TimeProvider clock,
        bool isSecond,
        CancellationToken cancellationToken
    )
    {
        var connection = new FeedConnection(intake, clock, cancellationToken) { IsSecond = isSecond };
        try
        {
            using var handshake = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            handshake.CancelAfter(Handshake);
            await connection.socket.ConnectAsync(exchange.StreamAddress(route), handshake.Token);
            connection.LastReceived = clock.Microseconds();
            connection.Ended = Task.Run(connection.ReceiveAsync, CancellationToken.None);
            await connection.SubscribeAsync(exchange, feeds);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether each of these brought something on this connection.</summary>
    public bool HasHeard(IEnumerable<Feed> feeds)
    {
        lock (heard)
        {
            return feeds.All(heard.Contains);
        }
    }

    /// <summary>Ends it; the reason is for the gap ledger.</summary>
    public void End(string why)
    {
        reason ??= why;
        stopping.Cancel();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                using var patience = new CancellationTokenSource(Farewell, clock);
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // The other side is gone already.
        }

        await stopping.CancelAsync();
        await Ended;
        socket.Dispose();
        stopping.Dispose();
    }

    private async Task SubscribeAsync(Exchange exchange, IReadOnlyList<Feed> feeds)
    {
        var id = 1;
        foreach (var part in feeds.Chunk(FeedsPerRequest))
        {
            await socket.SendAsync(
                exchange.Subscribe([.. part.Select(feed => feed.Stream)], id++),
                WebSocketMessageType.Text,
                endOfMessage: true,
                stopping.Token
            );
            if (id * FeedsPerRequest <= feeds.Count + FeedsPerRequest)
            {
                await Task.Delay(BetweenRequests, clock, stopping.Token);
            }
        }
    }

    private async Task<string> ReceiveAsync()
    {
        var buffer = new byte[64 << 10];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult received;
                do
                {
                    if (length == buffer.Length)
                    {
                        Array.Resize(ref buffer, buffer.Length * 2);
                    }

                    received = await socket.ReceiveAsync(buffer.AsMemory(length), stopping.Token);
                    length += received.Count;
                } while (!received.EndOfMessage);

                // Before anything that waits: when it came is not when there was time for it.
                LastReceived = clock.Microseconds();
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    return reason ?? GapReason.Disconnected;
                }

                await TakeAsync(buffer.AsMemory(0, length));
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            return reason ?? GapReason.Disconnected;
        }
    }

    private async ValueTask TakeAsync(ReadOnlyMemory<byte> frame)
    {
        var (kind, feed) = await intake.TakeAsync(frame, LastReceived, IsSecond, stopping.Token);
        if (feed is not null)
        {
            lock (heard)
            {
                heard.Add(feed);
            }
        }
        else if (kind == MessageKind.Acknowledgement && Acknowledged == 0)
        {
            Acknowledged = clock.Microseconds();
        }
        else if (kind == MessageKind.Refusal)
        {
            End(GapReason.Unserved);
        }
        else if (kind == MessageKind.Farewell)
        {
            End(GapReason.Disconnected);
        }
    }
}
