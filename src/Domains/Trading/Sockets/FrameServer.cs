using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace Tradepost.Trading.Sockets;

/// <summary>
/// An exchange's sockets on the loopback address: streams by WebSocket, answers by REST, at one port. What is sent comes from elsewhere.
/// </summary>
internal sealed class FrameServer : IAsyncDisposable
{
    private const string WebSocketKey = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private readonly TcpListener listener;
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private readonly ServedProtocol protocol;
    private readonly Task accepting;
    private readonly List<Task> serving = [];
    private readonly TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile FrameClient[] clients = [];

    /// <summary>Begins to listen.</summary>
    /// <param name="port">0 for any that is free.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    public FrameServer(ServedProtocol protocol, int port = 0)
    {
        this.protocol = protocol;
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Where streams are had.</summary>
    public Uri Stream => new($"ws://127.0.0.1:{Port}");

    /// <summary>Where answers are had.</summary>
    public Uri Rest => new($"http://127.0.0.1:{Port}/depth");

    /// <summary>Completes when the first client has subscribed to something.</summary>
    public Task FirstSubscriber => arrived.Task;

    /// <summary>Whether anybody is there who subscribed.</summary>
    public bool HasSubscribers => Array.Exists(clients, client => client.IsSubscribed);

    /// <summary>Whether somebody has subscribed to each of these.</summary>
    public bool IsHeard(IEnumerable<string> streams) => streams.All(stream => Array.Exists(clients, client => client.Has(stream)));

    private int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Sends a frame to all who subscribed to its stream; waits for those who do not keep up.</summary>
    public async ValueTask SendAsync(string stream, ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        foreach (var client in clients)
        {
            await client.SendAsync(stream, frame, cancellationToken);
        }
    }

    /// <summary>Closes all connections when what waits for them is sent.</summary>
    public void CloseAll() => Array.ForEach(clients, client => client.Close());

    /// <summary>Cuts all connections without a word.</summary>
    public void CutAll() => Array.ForEach(clients, client => client.Cut());

    /// <summary>Completes when no client is there any more.</summary>
    public async Task LeftAsync()
    {
        while (clients.Length > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        CutAll();
        await accepting;
        await Task.WhenAll(serving);
        listener.Dispose();
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var accepted = await listener.AcceptTcpClientAsync(stopping.Token);
                accepted.NoDelay = true;
                lock (gate)
                {
                    serving.RemoveAll(task => task.IsCompleted);
                    serving.Add(Task.Run(() => ServeAsync(accepted)));
                }
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient accepted)
    {
        using (accepted)
        {
            try
            {
                var stream = accepted.GetStream();
                var (path, headers) = await ReadRequestAsync(stream, stopping.Token);
                await (headers.TryGetValue("sec-websocket-key", out var key) ? StreamAsync(stream, key) : AnswerAsync(stream, path));
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or FormatException)
            {
                // The client left, or the server has ended.
            }
        }
    }

    private async Task StreamAsync(NetworkStream stream, string key)
    {
        var accept = Convert.ToBase64String(WebSocketAccept(key));
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"
            ),
            stopping.Token
        );
        using var transport = new SharedStream(stream);
        using var client = new FrameClient(
            WebSocket.CreateFromStream(transport, isServer: true, subProtocol: null, TimeSpan.FromMinutes(3)),
            transport,
            protocol,
            () => arrived.TrySetResult()
        );
        lock (gate)
        {
            clients = [.. clients, client];
        }

        try
        {
            await client.RunAsync(stopping.Token);
        }
        finally
        {
            lock (gate)
            {
                clients = [.. clients.Where(other => other != client)];
            }
        }
    }

#pragma warning disable CA5350 // SHA-1 is what RFC 6455 asks for; nothing is secret here.
    private static byte[] WebSocketAccept(string key) => SHA1.HashData(Encoding.ASCII.GetBytes(key + WebSocketKey));
#pragma warning restore CA5350

    private async Task AnswerAsync(NetworkStream stream, string path)
    {
        var answer = await protocol.AnswerAsync(path, stopping.Token);
        var retry = answer.RetryAfter is { } pause ? $"Retry-After: {Math.Ceiling(pause.TotalSeconds)}\r\n" : "";
        var head =
            $"HTTP/1.1 {answer.Status}\r\nContent-Type: application/json\r\nContent-Length: {answer.Body.Length}\r\n{retry}Connection: "
            + "close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), stopping.Token);
        await stream.WriteAsync(answer.Body, stopping.Token);
    }

    private static async Task<(string Path, Dictionary<string, string> Headers)> ReadRequestAsync(
        NetworkStream stream,
        CancellationToken cancellationToken
    )
    {
        var buffer = new byte[16 << 10];
        var length = 0;
        while (buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            var read = length < buffer.Length ? await stream.ReadAsync(buffer.AsMemory(length), cancellationToken) : 0;
            length += read > 0 ? read : throw new FormatException("a request did not end");
        }

        var lines = Encoding.ASCII.GetString(buffer, 0, length).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines
            .Skip(1)
            .Select(line => line.Split(':', 2))
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0].Trim().ToLowerInvariant(), pair => pair[1].Trim(), StringComparer.Ordinal);
        return (lines[0].Split(' ').ElementAtOrDefault(1) ?? "", headers);
    }
}
