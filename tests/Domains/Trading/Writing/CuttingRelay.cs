using System.Net;
using System.Net.Sockets;

namespace Tradepost.Trading.Tests.Writing;

/// <summary>
/// A relay to a server on this machine that cuts connections when it is told to: behind some bytes of a request, or between the server's answer
/// and the client.
/// </summary>
internal sealed class CuttingRelay : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closing = new();
    private readonly int target;
    private readonly Random random;
    private readonly Task accepting;
    private int armed;
    private int cuts;

    public CuttingRelay(int target, int seed)
    {
        (this.target, random) = (target, new Random(seed));
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Cuts => cuts;

    /// <summary>The next connection that moves something is cut.</summary>
    public void CutNext() => Volatile.Write(ref armed, random.Next(2) == 0 ? random.Next(1, 60_000) : -1);

    /// <summary>Nothing is cut any more.</summary>
    public void Heal() => Volatile.Write(ref armed, 0);

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        listener.Stop();
        await accepting;
        closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        var relays = new List<Task>();
        try
        {
            while (true)
            {
                relays.Add(RelayAsync(await listener.AcceptTcpClientAsync(closing.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(relays);
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(closing.Token);
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, target, closing.Token);
            await Task.WhenAny(
                PassAsync(client.GetStream(), server.GetStream(), isAnswer: false, ending.Token),
                PassAsync(server.GetStream(), client.GetStream(), isAnswer: true, ending.Token)
            );
        }
        finally
        {
            await ending.CancelAsync();
            client.Dispose();
        }
    }

    private async Task PassAsync(NetworkStream from, NetworkStream to, bool isAnswer, CancellationToken cancellationToken)
    {
        var block = new byte[16 << 10];
        try
        {
            while (await from.ReadAsync(block, cancellationToken) is > 0 and var bytes)
            {
                var limit = Volatile.Read(ref armed);
                if (isAnswer ? limit < 0 : limit > 0)
                {
                    Interlocked.Exchange(ref armed, 0);
                    Interlocked.Increment(ref cuts);
                    if (!isAnswer)
                    {
                        await to.WriteAsync(block.AsMemory(0, Math.Min(bytes, limit)), cancellationToken);
                    }

                    return;
                }

                await to.WriteAsync(block.AsMemory(0, bytes), cancellationToken);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side ended the connection: so does this one.
        }
    }
}
