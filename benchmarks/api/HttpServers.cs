using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tradepost.Benchmarks.Measuring;

namespace Tradepost.Benchmarks.Api;

/// <summary>Starts the servers that are compared, each on a free loopback port.</summary>
internal static class HttpServers
{
    public const string Email = "anna@example.com";
    public const string Password = "four words make one";

    private const string PeerKey = "a key for both sides of the comparison";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Serves what is in a folder; its first administrator is <see cref="Email"/>.</summary>
    public static async Task<HttpServer> StartTradepostAsync(Bench bench, string data, CancellationToken cancellationToken)
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo("dotnet", [bench.Program, "serve", "--urls", address, "--no-worker", "--data", data])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        start.Environment["TRADEPOST_RATE_LIMIT"] = "1000000000"; // the limit is counted, and not reached
        start.Environment["DATABASE_URL"] = "";
        var process = Process.Start(start) ?? throw new BenchmarkException("tradepost serve did not start.");
        var code = "";
        while (code.Length == 0 && await process.StandardError.ReadLineAsync(cancellationToken) is { } line)
        {
            code = line.Contains("/welcome#", StringComparison.Ordinal) ? line[(line.IndexOf('#') + 1)..] : "";
        }

        _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        using var answer = await client.PostAsJsonAsync(
            "/api/v1/auth/link",
            new
            {
                code,
                email = Email,
                password = Password,
            },
            cancellationToken
        );
        var tokens = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return new HttpServer("Tradepost", process, address, tokens.GetProperty("access_token").GetString()!);
    }

    public static async Task<HttpServer> StartPeerAsync(
        Bench bench,
        string name,
        string loop,
        string http,
        CancellationToken cancellationToken
    )
    {
        var port = FreePort();
        var start = new ProcessStartInfo(
            "/usr/bin/python3",
            [
                "-m",
                "uvicorn",
                "peer:app",
                "--port",
                port,
                "--workers",
                "1",
                "--loop",
                loop,
                "--http",
                http,
                "--no-access-log",
                "--log-level",
                "warning",
            ]
        )
        {
            UseShellExecute = false,
            WorkingDirectory = Path.Combine(bench.Root, "benchmarks", "api"),
            Environment = { ["PEER_KEY"] = PeerKey, ["PYTHONDONTWRITEBYTECODE"] = "1" },
        };
        var process = Process.Start(start) ?? throw new BenchmarkException("uvicorn did not start.");
        var server = new HttpServer(name, process, $"http://127.0.0.1:{port}", PeerToken());
        await UntilAnswersAsync(server, cancellationToken);
        return server;
    }

    private static async Task UntilAnswersAsync(HttpServer server, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync($"{server.Address}/health/live", cancellationToken);
                return;
            }
            catch (HttpRequestException) when (Stopwatch.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(100, cancellationToken);
            }
        }
    }

    private static string PeerToken()
    {
        var claims = JsonSerializer.SerializeToUtf8Bytes(
            new { sub = "1", exp = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds() }
        );
        var signed = $"{Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8)}.{Base64Url.EncodeToString(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(PeerKey), Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString();
    }
}
