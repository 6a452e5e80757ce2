using System.Globalization;
using System.Text.RegularExpressions;
using Tradepost.Benchmarks.Measuring;

namespace Tradepost.Benchmarks.Api;

/// <summary>Requests a second of the same paths of several servers, by wrk; the first is ours.</summary>
internal sealed partial class HttpComparison(Bench bench, IReadOnlyList<string> paths)
{
    private const int Connections = 64;
    private const double Promised = 5;

    private readonly long seconds = Bench.Number("SECONDS", 4);
    private readonly Dictionary<(string Server, string Path), List<double>> figures = [];

    /// <summary>Measures them in turn, each first as often as another, and reports; the servers are stopped.</summary>
    public async Task RunAsync(IReadOnlyList<HttpServer> servers, CancellationToken cancellationToken)
    {
        try
        {
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
            foreach (var server in servers)
            {
                server.Dispose();
            }
        }

        Report(servers);
    }

    private async Task MeasureAsync(HttpServer server, int run, CancellationToken cancellationToken)
    {
        foreach (var path in paths)
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

    private void Report(IReadOnlyList<HttpServer> servers)
    {
        foreach (var path in paths)
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

    [GeneratedRegex(@"Requests/sec:\s+(?<number>[0-9.]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PerSecond();
}
