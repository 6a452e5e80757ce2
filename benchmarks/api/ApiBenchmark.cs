using System.Globalization;
using System.Text.RegularExpressions;
using Tradepost.Benchmarks.Measuring;

namespace Tradepost.Benchmarks.Api;

/// <summary>
/// Requests a second of <c>GET /health/live</c> and of a small read that checks a token, by wrk, beside FastAPI on uvicorn with
/// the same two answers (peer.py): as the distribution installs it, and with the faster loop and parser that can be added.
/// </summary>
internal sealed partial class ApiBenchmark(Bench bench)
{
    private const int Connections = 64;
    private const double Promised = 5;

    private static readonly string[] Paths = ["/health/live", "/api/v1/auth/me"];

    private readonly long seconds = Bench.Number("SECONDS", 4);
    private readonly Dictionary<(string Server, string Path), List<double>> figures = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var servers = new List<HttpServer>
        {
            await HttpServers.StartTradepostAsync(bench, Path.Combine(bench.Folder, "api"), cancellationToken),
        };
        try
        {
            await AddPeersAsync(servers, cancellationToken);
            for (var run = 0; run <= bench.Runs; run++)
            {
                bench.Say(run == 0 ? "warming up" : $"run {run} of {bench.Runs}");
                foreach (var server in run % 2 == 0 ? servers : Enumerable.Reverse(servers))
                {
                    await MeasureAsync(server, run, cancellationToken);
                }
            }
        }
        finally
        {
            servers.ForEach(server => server.Dispose());
        }

        Report(servers);
    }

    private async Task AddPeersAsync(List<HttpServer> servers, CancellationToken cancellationToken)
    {
        if (!await CanImportAsync("fastapi, uvicorn", cancellationToken))
        {
            bench.Notes.Add(
                "FastAPI is not installed (apt-get install python3-fastapi python3-uvicorn), so nothing stands beside these figures."
            );
            return;
        }

        servers.Add(await HttpServers.StartPeerAsync(bench, "FastAPI, uvicorn", "asyncio", "h11", cancellationToken));
        if (await CanImportAsync("uvloop, httptools", cancellationToken))
        {
            servers.Add(
                await HttpServers.StartPeerAsync(
                    bench,
                    "FastAPI, uvicorn with uvloop and httptools",
                    "uvloop",
                    "httptools",
                    cancellationToken
                )
            );
        }
        else
        {
            bench.Notes.Add(
                "uvloop and httptools are not installed (apt-get install python3-uvloop python3-httptools): the faster of the two comparisons is left out."
            );
        }

        bench.Versions["peer"] = (
            await MeasuredProcess.RunAsync(
                "/usr/bin/python3",
                [
                    "-c",
                    "import fastapi,uvicorn,sys; print('Python', sys.version.split()[0], 'FastAPI', fastapi.__version__, 'uvicorn', uvicorn.__version__)",
                ],
                null,
                cancellationToken
            )
        ).Output.Trim();
    }

    private async Task MeasureAsync(HttpServer server, int run, CancellationToken cancellationToken)
    {
        foreach (var path in Paths)
        {
            var wrk = await MeasuredProcess.RunAsync(
                "wrk",
                ["-t2", $"-c{Connections}", $"-d{seconds}s", "-H", $"Authorization: Bearer {server.Token}", server.Address + path],
                null,
                cancellationToken
            );
            if (wrk.Output.Contains("Non-2xx", StringComparison.Ordinal))
            {
                throw new BenchmarkException($"{server.Name} refused requests for {path}: {wrk.Output}");
            }

            if (run > 0)
            {
                figures.TryAdd((server.Name, path), []);
                figures[(server.Name, path)]
                    .Add(double.Parse(PerSecond().Match(wrk.Output).Groups["number"].ValueSpan, CultureInfo.InvariantCulture));
            }
        }
    }

    private void Report(List<HttpServer> servers)
    {
        foreach (var path in Paths)
        {
            foreach (var server in servers)
            {
                bench.Findings.Add(Finding.Figure($"GET {path}, requests/s: {server.Name}", Median(server, path)));
            }

            for (var i = 1; i < servers.Count; i++)
            {
                var (name, ratio) = ($"GET {path}, times {servers[i].Name}", Median(servers[0], path) / Median(servers[i], path));
                bench.Findings.Add(i == 1 ? Finding.AtLeast(name, ratio, Promised) : Finding.Figure(name, ratio));
            }
        }

        bench.Notes.Add(
            $"wrk with 2 threads and {Connections} connections on the same cores as the server, {seconds} seconds a run, medians; one process each, no access log."
        );
        bench.Notes.Add(
            "Tradepost's answers go through everything that is there in service: security headers, request id, rate limit (set out of reach), token, role and revocation."
        );
    }

    private double Median(HttpServer server, string path)
    {
        var sorted = figures[(server.Name, path)].Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static async Task<bool> CanImportAsync(string modules, CancellationToken cancellationToken)
    {
        try
        {
            await MeasuredProcess.RunAsync("/usr/bin/python3", ["-c", $"import {modules}"], null, cancellationToken);
            return true;
        }
        catch (BenchmarkException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"Requests/sec:\s+(?<number>[0-9.]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PerSecond();
}
