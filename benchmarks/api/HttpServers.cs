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

    private const string Python = "/usr/bin/python3";
    private const string PeerKey = "a key for both sides of the comparison";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Serves what is in a folder; its first administrator is <see cref="Email"/>.</summary>
    /// <param name="bench">The benchmark.</param>
    /// <param name="data">The folder.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="runsJobs">Whether it works as well.</param>
    public static async Task<HttpServer> StartTradepostAsync(
        Bench bench,
        string data,
        CancellationToken cancellationToken,
        bool runsJobs = false
    )
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo(
            "dotnet",
            [bench.Program, "serve", "--urls", address, .. runsJobs ? [] : (string[])["--no-worker"], "--data", data]
        )
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

    /// <summary>The servers of peer.py: as the distribution installs FastAPI, and with the faster loop and parser where they are.</summary>
    /// <param name="bench">The benchmark, which is told what is not installed.</param>
    /// <param name="database">Where their rows are; empty where they need none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<IReadOnlyList<HttpServer>> StartPeersAsync(Bench bench, string database, CancellationToken cancellationToken)
    {
        if (!await CanImportAsync("fastapi, uvicorn", cancellationToken))
        {
            bench.Notes.Add(
                "FastAPI is not installed (apt-get install python3-fastapi python3-uvicorn), so nothing stands beside these figures."
            );
            return [];
        }

        var servers = new List<HttpServer>
        {
            await StartPeerAsync(bench, "FastAPI, uvicorn", "asyncio", "h11", database, cancellationToken),
        };
        if (await CanImportAsync("uvloop, httptools", cancellationToken))
        {
            const string Faster = "FastAPI, uvicorn with uvloop and httptools";
            servers.Add(await StartPeerAsync(bench, Faster, "uvloop", "httptools", database, cancellationToken));
        }
        else
        {
            bench.Notes.Add(
                "uvloop and httptools are not installed (apt-get install python3-uvloop python3-httptools): the faster of the two comparisons is left out."
            );
        }

        bench.Versions["peer"] = (
            await MeasuredProcess.RunAsync(
                Python,
                [
                    "-c",
                    "import fastapi,uvicorn,sys; print('Python', sys.version.split()[0], 'FastAPI', fastapi.__version__, 'uvicorn', uvicorn.__version__)",
                ],
                null,
                cancellationToken
            )
        ).Output.Trim();
        return servers;
    }

    private static async Task<bool> CanImportAsync(string modules, CancellationToken cancellationToken)
    {
        try
        {
            await MeasuredProcess.RunAsync(Python, ["-c", $"import {modules}"], null, cancellationToken);
            return true;
        }
        catch (BenchmarkException)
        {
            return false;
        }
    }

    private static async Task<HttpServer> StartPeerAsync(
        Bench bench,
        string name,
        string loop,
        string http,
        string database,
        CancellationToken cancellationToken
    )
    {
        var port = FreePort();
        var start = new ProcessStartInfo(
            Python,
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
            Environment =
            {
                ["PEER_KEY"] = PeerKey,
                ["PEER_DATABASE"] = database,
                ["PYTHONDONTWRITEBYTECODE"] = "1",
            },
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
