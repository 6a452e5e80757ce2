using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Tradepost.Benchmarks.Measuring;

namespace Tradepost.Benchmarks.Endurance;

/// <summary>Two hundred clients at once for a minute, each with a connection that it keeps.</summary>
internal sealed class Crowd(Bench bench, Site site)
{
    private const double MostMegabytes = 1024;

    private static readonly string[] Paths =
    [
        "/health/live",
        "/api/v1/auth/me",
        "/api/v1/retail/period",
        "/api/v1/retail/kpi",
        "/api/v1/jobs",
        "/api/v1/runs?limit=20",
        "/api/v1/retail/sales?limit=20",
        "/api/v1/schedules",
    ];

    private readonly long clients = Bench.Number("CLIENTS", 200);
    private readonly long seconds = Bench.Number("SECONDS_CROWD", 60);
    private readonly ConcurrentDictionary<HttpStatusCode, int> statuses = new();
    private readonly ConcurrentBag<double> milliseconds = [];
    private int broken;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var server = await Server.StartAsync(site, cancellationToken);
        using var visitor = await Visitor.EnterAsync(site, server, cancellationToken);
        foreach (var path in Paths)
        {
            await visitor.GetAsync(path, cancellationToken);
        }

        bench.Say($"{site.Name}: {clients} clients for {seconds} s");
        var (before, began) = (server.Megabytes, Stopwatch.GetTimestamp());
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(TimeSpan.FromSeconds(seconds));
        var peak = WatchAsync(server, end.Token);
        await Task.WhenAll(Enumerable.Range(0, (int)clients).Select(client => VisitAsync(visitor, client, end.Token)));
        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        cancellationToken.ThrowIfCancellationRequested();
        Report(took, before, await peak, server.Megabytes);
        bench.Notes.AddRange(
            visitor.Refusals.Select(refusal => $"{clients} clients, {site.Name}: {refusal.Key} was answered {refusal.Value}")
        );
    }

    private async Task VisitAsync(Visitor visitor, int client, CancellationToken end)
    {
        for (var i = client; !end.IsCancellationRequested; i++)
        {
            var began = Stopwatch.GetTimestamp();
            try
            {
                var status = await visitor.StatusAsync(Paths[i % Paths.Length], end);
                statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
                milliseconds.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                // The minute is over.
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                Interlocked.Increment(ref broken);
            }
        }
    }

    private static async Task<double> WatchAsync(Server server, CancellationToken end)
    {
        var peak = server.Megabytes;
        while (!end.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
            peak = Math.Max(peak, server.Megabytes);
        }

        return peak;
    }

    private void Report(double took, double before, double peak, double after)
    {
        var sorted = milliseconds.Order().ToList();
        var failed = statuses
            .Where(status => (int)status.Key >= 400 && status.Key != HttpStatusCode.TooManyRequests)
            .Sum(status => status.Value);
        var name = $"{clients} clients, {site.Name}";
        bench.Findings.Add(Finding.Figure($"{name}: requests a second", sorted.Count / took));
        bench.Findings.Add(Finding.Figure($"{name}: median answer, ms", Quantile(sorted, 0.5)));
        bench.Findings.Add(Finding.Figure($"{name}: 99 of 100 answers within, ms", Quantile(sorted, 0.99)));
        bench.Findings.Add(Finding.AtMost($"{name}: answers that are errors, 429 apart, of {sorted.Count}", failed, 0));
        bench.Findings.Add(Finding.Figure($"{name}: answers 429", statuses.GetValueOrDefault(HttpStatusCode.TooManyRequests)));
        bench.Findings.Add(Finding.AtMost($"{name}: connections that broke or timed out", broken, 0));
        bench.Findings.Add(Finding.Figure($"{name}: MB before", before));
        bench.Findings.Add(Finding.AtMost($"{name}: MB at most", peak, MostMegabytes));
        bench.Findings.Add(Finding.Figure($"{name}: MB after", after));
        bench.Notes.Add(
            $"{name}, {seconds} s: {string.Join(", ", statuses.OrderBy(status => status.Key).Select(status => $"{(int)status.Key}: {status.Value}"))}."
        );
    }

    private static double Quantile(List<double> sorted, double share) => sorted.Count == 0 ? 0 : sorted[(int)((sorted.Count - 1) * share)];
}
