using System.Net.Sockets;
using System.Text;

namespace Tradepost.Tests.Support;

/// <summary>A Redis of one test's own on a free loopback port, which can be killed and started again; it is gone when the test process is gone.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tradepost-redis-").FullName;
    private readonly string program;
    private ServerProcess? process;

    private RedisServer(string program) => this.program = program;

    public int Port { get; } = LoopbackPort.Free();

    public string Url => $"redis://127.0.0.1:{Port}";

    public static async Task<RedisServer> StartAsync()
    {
        var server = new RedisServer(Programs.Get("redis", "redis-server"));
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts it, empty.</summary>
    public async Task StartAgainAsync() =>
        process = await ServerProcess.StartAsync(
            folder,
            "TERM",
            [program, "--port", $"{Port}", "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "no", "--pidfile", Pid],
            async () =>
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", Port);
                await client.GetStream().WriteAsync("PING\r\n"u8.ToArray());
                var answer = new byte[5];
                await client.GetStream().ReadExactlyAsync(answer);
                if (Encoding.ASCII.GetString(answer) != "+PONG")
                {
                    throw new IOException("It does not answer yet.");
                }
            }
        );

    /// <summary>Kills it; it can be started again.</summary>
    public async Task KillAsync()
    {
        await process!.KillAsync(int.Parse((await File.ReadAllTextAsync(Pid)).Trim())); // started
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await process.StopAsync(keepFolder: false);
        }

        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string Pid => Path.Combine(folder, "pid");
}
