using System.Buffers.Binary;
using System.Net.WebSockets;

namespace Tradepost.Trading.Sockets;

/// <summary>One client of a server of frames: what it subscribed to, and the frames that wait to be sent to it.</summary>
internal sealed class FrameClient(WebSocket socket, SharedStream transport, ServedProtocol protocol, Action subscribed) : IDisposable
{
    private const int MostWaiting = 2 << 20;
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);
    private const byte WholeText = 0x81;
    private const byte TwoByteLength = 126;
    private const byte EightByteLength = 127;

    private readonly Lock gate = new();
    private readonly HashSet<string> streams = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource ending = new();
    private readonly SemaphoreSlim arrived = new(0);
    private byte[] waiting = new byte[64 << 10];
    private byte[] leaving = new byte[64 << 10];
    private int waitingBytes;
    private bool isClosing;
    private TaskCompletionSource? room;

    public bool IsSubscribed { get; private set; }

    /// <summary>Whether it has subscribed to a stream.</summary>
    public bool Has(string stream)
    {
        lock (gate)
        {
            return streams.Contains(stream);
        }
    }

    /// <summary>
    /// Sends a frame to a client that subscribed to its stream. Waits while the client does not keep up; one that left keeps nobody
    /// waiting.
    /// </summary>
    public async ValueTask SendAsync(string stream, ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        while (!TryAdd(stream, frame.Span, out var wait))
        {
            await wait.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Cuts the connection without a word.</summary>
    public void Cut()
    {
        lock (gate)
        {
            isClosing = true;
            room?.TrySetResult();
        }

        ending.Cancel();
        transport.Dispose();
    }

    /// <summary>Closes it when everything that waits is sent.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosing = true;
            room?.TrySetResult();
        }

        arrived.Release();
    }

    /// <summary>Serves it until it ends.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ending.Token, cancellationToken);
        try
        {
            var receiving = ReceiveAsync(either.Token);
            var sending = SendAsync(either.Token);
            if (await Task.WhenAny(receiving, sending) == sending && sending.IsCompletedSuccessfully)
            {
                await receiving.WaitAsync(Farewell, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await ending.CancelAsync();
            await Task.WhenAll(receiving, sending);
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // However it ended, the client has to cope with it.
        }
        finally
        {
            lock (gate)
            {
                isClosing = true;
                room?.TrySetResult();
            }
        }
    }

    public void Dispose()
    {
        socket.Dispose();
        ending.Dispose();
        arrived.Dispose();
    }

    /// <summary>Adds a frame to what waits, unless the client has no use for it; false when it has to wait for room.</summary>
    private bool TryAdd(string? stream, ReadOnlySpan<byte> frame, out Task wait)
    {
        wait = Task.CompletedTask;
        lock (gate)
        {
            if (isClosing || (stream is not null && !streams.Contains(stream)))
            {
                return true;
            }

            if (waitingBytes > 0 && waitingBytes + frame.Length > MostWaiting)
            {
                room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                wait = room.Task;
                return false;
            }

            Append(frame);
            return true;
        }
    }

    private void Append(ReadOnlySpan<byte> frame)
    {
        const int LongestHeader = 10;
        if (waiting.Length - waitingBytes < frame.Length + LongestHeader)
        {
            Array.Resize(ref waiting, Math.Max(waitingBytes + frame.Length + LongestHeader, waiting.Length * 2));
        }

        if (waitingBytes == 0)
        {
            arrived.Release();
        }

        var target = waiting.AsSpan(waitingBytes);
        var header = Header(target, frame.Length);
        frame.CopyTo(target[header..]);
        waitingBytes += header + frame.Length;
    }

    /// <summary>The header of RFC 6455 of a text in one frame, not masked, as servers send it; gives its length.</summary>
    private static int Header(Span<byte> target, int length)
    {
        target[0] = WholeText;
        if (length < TwoByteLength)
        {
            target[1] = (byte)length;
            return 2;
        }

        if (length <= ushort.MaxValue)
        {
            target[1] = TwoByteLength;
            BinaryPrimitives.WriteUInt16BigEndian(target[2..], (ushort)length);
            return 4;
        }

        target[1] = EightByteLength;
        BinaryPrimitives.WriteInt64BigEndian(target[2..], length);
        return 10;
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await arrived.WaitAsync(cancellationToken);
            int bytes;
            bool isLast;
            lock (gate)
            {
                (waiting, leaving) = (leaving, waiting);
                (bytes, waitingBytes, isLast) = (waitingBytes, 0, isClosing);
                room?.TrySetResult();
                room = null;
            }

            await transport.WriteAsync(leaving.AsMemory(0, bytes), cancellationToken);
            if (isLast)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "no more is sent", cancellationToken);
                return;
            }
        }
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[64 << 10];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult received;
            do
            {
                received = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
                length += received.Count;
            } while (!received.EndOfMessage && length < buffer.Length);

            if (received.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            if (protocol.Subscribe(buffer.AsMemory(0, length)) is { } request)
            {
                Subscribe(request);
            }
        }
    }

    private void Subscribe(ServedSubscription request)
    {
        // The acknowledgement comes before the first frame of what it acknowledges.
        TryAdd(null, request.Answer, out _);
        lock (gate)
        {
            streams.UnionWith(request.Streams);
        }

        IsSubscribed = true;
        subscribed();
    }
}
