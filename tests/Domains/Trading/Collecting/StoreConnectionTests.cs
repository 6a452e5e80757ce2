using System.Net;
using System.Net.Sockets;
using Tradepost.Tests.Support;
using Tradepost.Trading.Collecting;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Replaying;

namespace Tradepost.Trading.Tests.Collecting;

/// <summary>What a collector does about a store that it must not trust: nothing is written, nothing is lost.</summary>
public sealed class StoreConnectionTests
{
    private const byte NoTls = (byte)'N';

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_store_without_TLS_gets_nothing_when_TLS_is_required()
    {
        using var plain = Listen(IPAddress.Loopback);
        var heard = RefuseTlsAsync(plain);

        var (result, problem) = await CollectAsync($"postgresql://app:secret@127.0.0.1:{PortOf(plain)}/db?sslmode=require");

        problem.ShouldContain("SSL");
        result.Written.ShouldBe(0);
        result.Waiting.ShouldBe(result.Recorded);
        plain.Stop();
        (await heard).ShouldBe(0, "not a byte follows on the refusal");
    }

    [Fact]
    public async Task A_store_whose_certificate_is_for_another_name_gets_nothing_when_it_is_to_be_verified()
    {
        var server = await Servers.RequirePostgresAsync();
        var database = await server.CreateDatabaseAsync();
        using var elsewhere = Listen(IPAddress.Parse("127.0.0.2"));
        _ = ForwardAsync(elsewhere, server.Port);

        var (result, problem) = await CollectAsync(
            $"postgresql://app:secret@127.0.0.2:{PortOf(elsewhere)}/{database.Name}?sslmode=verify-full&sslrootcert={Uri.EscapeDataString(server.CertificateAuthorityFile)}"
        );

        problem.ShouldContain("certificate");
        result.Written.ShouldBe(0);
        result.Waiting.ShouldBe(result.Recorded);
    }

    /// <summary>Collects from a replay into a store that refuses, until that is told.</summary>
    private static async Task<(CollectResult Result, string Problem)> CollectAsync(string url)
    {
        using var folder = new TemporaryFolder();
        await using var store = CollectorWorld.Open(folder.Path, url);
        await using var replay = new ReplayServer(
            new BinanceExchange(BinanceMarket.UsdFutures),
            CollectorWorld.Frames("usdm_btcusdt_20240808", 1_000),
            speed: 0,
            [],
            TimeProvider.System
        );
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var collecting = CollectService.RunAsync(
            new CollectOptions
            {
                Symbols = ["BTCUSDT"],
                Stream = replay.Stream,
                Rest = replay.Rest,
                LogFolder = folder.Combine("log"),
            },
            store,
            [TradingMigrations.Set],
            TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance,
            new Progress<CollectProgress>(state =>
            {
                if (state.Problem is { } problem && state.Recorded > 0)
                {
                    told.TrySetResult(problem);
                }
            }),
            stop.Token
        );
        var problem = await told.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        await stop.CancelAsync();
        return (await collecting, problem);
    }

    private static TcpListener Listen(IPAddress address)
    {
        var listener = new TcpListener(address, 0);
        listener.Start();
        return listener;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>A server without TLS; gives how many bytes it got after it had said so.</summary>
    private static async Task<long> RefuseTlsAsync(TcpListener listener)
    {
        var after = 0L;
        while (await AcceptAsync(listener) is { } client)
        {
            using (client)
            {
                after += await RefuseTlsAsync(client.GetStream());
            }
        }

        return after;
    }

    private static async Task<int> RefuseTlsAsync(NetworkStream client)
    {
        try
        {
            var request = new byte[8];
            await client.ReadExactlyAsync(request, Cancellation);
            await client.WriteAsync(new[] { NoTls }, Cancellation);
            return await client.ReadAsync(request, Cancellation);
        }
        catch (IOException)
        {
            // A collector that was told to stop in the middle of a connection leaves it without a word.
            return 0;
        }
    }

    private static async Task ForwardAsync(TcpListener listener, int port)
    {
        while (await AcceptAsync(listener) is { } client)
        {
            _ = RelayAsync(client, port);
        }
    }

    private static async Task RelayAsync(TcpClient client, int port)
    {
        using (client)
        using (var server = new TcpClient())
        {
            await server.ConnectAsync(IPAddress.Loopback, port, Cancellation);
            await Task.WhenAny(
                client.GetStream().CopyToAsync(server.GetStream(), Cancellation),
                server.GetStream().CopyToAsync(client.GetStream(), Cancellation)
            );
        }
    }

    private static async Task<TcpClient?> AcceptAsync(TcpListener listener)
    {
        try
        {
            return await listener.AcceptTcpClientAsync(Cancellation);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            return null;
        }
    }
}
