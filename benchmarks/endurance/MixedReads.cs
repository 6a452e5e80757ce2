using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Tradepost.Benchmarks.Measuring;

namespace Tradepost.Benchmarks.Endurance;

/// <summary>Minutes of what users and attackers read, all at once: neither memory nor open files grow.</summary>
internal sealed class MixedReads(Bench bench, Site site)
{
    private const int Readers = 6;
    private const int Streams = 4;
    private const int Parts = 30;
    private const double MostGrowth = 1.10;
    private const double MostFiles = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan StreamTime = TimeSpan.FromMilliseconds(300);

    private static readonly string[] Paths =
    [
        "/api/v1/retail/kpi",
        "/api/v1/retail/kpi?by=week",
        "/api/v1/retail/period",
        "/api/v1/retail/sales?limit=200",
        "/api/v1/retail/loads",
        "/api/v1/runs?limit=100",
        "/api/v1/tables",
        "/api/v1/jobs",
        "/api/v1/schedules",
        "/api/v1/freshness",
        "/api/v1/models",
        "/api/v1/trading/feeds",
        "/api/v1/users",
        "/api/v1/audit",
        "/metrics",
        "/health/ready",
    ];

    private static readonly string[] Questions =
    [
        "SELECT count(*), sum(net) FROM fact_sales",
        "SELECT customer_key, sum(net) AS net FROM fact_sales GROUP BY 1 ORDER BY 2 DESC LIMIT 100",
        "SELECT * FROM fact_sales LIMIT 500",
    ];

    private static readonly string[] Hostile =
    [
        "SELECT range(1000000000)",
        "SELECT repeat('x', 1000000000)",
        "SELECT lpad('x', 1000000000, 'y')",
        "SELECT format('%1000000000s', 'x')",
        "SELECT count(*) FROM fact_sales a, fact_sales b, fact_sales c",
        "SELECT 1; DROP TABLE fact_sales",
        "/* /* */ EXPLAIN */ SELECT 1",
        "EXPLAIN ANALYZE DELETE FROM fact_sales",
        "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t",
        "SELECT * FROM tradepost_private.users",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT pg_sleep(100)",
        "SELECT 'open",
        "SELECT 1e999999",
        "SELECT string_agg(a.net::text, ',') FROM fact_sales a, fact_sales b",
    ];

    private readonly long seconds = Bench.Number("SECONDS_MIXED", 300);
    private readonly ConcurrentDictionary<string, int> statuses = new(StringComparer.Ordinal);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var server = await Server.StartAsync(site, cancellationToken);
        using var visitor = await Visitor.EnterAsync(site, server, cancellationToken);
        var run = await visitor.StartRunAsync("retail.kpi", new { }, cancellationToken);
        await visitor.UntilAsync(run, Visitor.HasEnded, cancellationToken);
        string[] streams = ["/api/v1/trading/feeds", $"/api/v1/runs/{run}/logs"];

        bench.Say($"{site.Name}: mixed reads for {seconds} s");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(TimeSpan.FromSeconds(seconds));
        var work = Enumerable
            .Range(0, Readers)
            .Select(reader => ReadAsync("read", visitor, Paths, reader, end.Token))
            .Append(ReadAsync("query", visitor, [.. Questions.Select(question => Ask(question, seconds: 20))], 0, end.Token))
            .Append(ReadAsync("hostile query", visitor, [.. Hostile.Select(question => Ask(question, seconds: 2))], 0, end.Token))
            .Concat(Enumerable.Range(0, Streams).Select(stream => FollowAsync(visitor, streams[stream % streams.Length], end.Token)))
            .ToList();
        var samples = await SampleAsync(server, visitor, cancellationToken);
        await Task.WhenAll(work);
        var alive = await visitor.StatusAsync("/health/ready", cancellationToken);
        Report(samples, alive);
        bench.Notes.AddRange(visitor.Refusals.Select(refusal => $"mixed reads, {site.Name}: {refusal.Key} was answered {refusal.Value}"));
    }

    private static string Ask(string sql, int seconds) => $"/api/v1/query?timeout={seconds}&limit=500&sql={Uri.EscapeDataString(sql)}";

    private async Task ReadAsync(string kind, Visitor visitor, string[] paths, int first, CancellationToken end)
    {
        for (var i = first; !end.IsCancellationRequested; i++)
        {
            await TryAsync(kind, async () => await visitor.StatusAsync(paths[i % paths.Length], end), end);
        }
    }

    private async Task FollowAsync(Visitor visitor, string path, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await TryAsync(
                "stream",
                async () =>
                {
                    using var answer = await visitor.StreamAsync(path, end);
                    await Task.Delay(StreamTime, end);
                    return answer.StatusCode;
                },
                end
            );
        }
    }

    private async Task TryAsync(string kind, Func<Task<HttpStatusCode>> ask, CancellationToken end)
    {
        try
        {
            var status = await ask();
            statuses.AddOrUpdate($"{kind} {(int)status}", 1, (_, count) => count + 1);
            await Task.Delay(Pause, end);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The time is over.
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            statuses.AddOrUpdate($"{kind} broken", 1, (_, count) => count + 1);
        }
    }

    /// <summary>Memory and open files at the end of each part of the time; the token is renewed before it expires.</summary>
    private async Task<List<Sample>> SampleAsync(Server server, Visitor visitor, CancellationToken cancellationToken)
    {
        var samples = new List<Sample>();
        var began = Stopwatch.GetTimestamp();
        for (var part = 1; part <= Parts; part++)
        {
            var left = TimeSpan.FromSeconds((double)seconds * part / Parts) - Stopwatch.GetElapsedTime(began);
            await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken);
            samples.Add(new Sample(Stopwatch.GetElapsedTime(began).TotalSeconds, server.Megabytes, server.OpenFiles));
            if (part % 10 == 0)
            {
                await visitor.RefreshAsync(cancellationToken);
            }
        }

        return samples;
    }

    private void Report(List<Sample> samples, HttpStatusCode alive)
    {
        const int Fifth = Parts / 5;
        var (early, late) = (samples.Skip(Fifth).Take(Fifth).ToList(), samples.Skip(Parts - Fifth).ToList());
        var name = $"mixed reads, {site.Name}";
        Figure($"{name}: MB, second fifth of the time", early.Average(sample => sample.Megabytes));
        Figure($"{name}: MB, last fifth", late.Average(sample => sample.Megabytes));
        Figure($"{name}: MB at most", samples.Max(sample => sample.Megabytes));
        bench.Findings.Add(
            Finding.AtMost(
                $"{name}: memory of the last fifth, times the second's",
                late.Average(sample => sample.Megabytes) / early.Average(sample => sample.Megabytes),
                MostGrowth
            )
        );
        Figure($"{name}: open files, second fifth", early.Average(sample => sample.Files));
        bench.Findings.Add(
            Finding.AtMost(
                $"{name}: open files more in the last fifth",
                late.Average(sample => sample.Files) - early.Average(sample => sample.Files),
                MostFiles
            )
        );
        bench.Findings.Add(Finding.AtMost($"{name}: answers 500 and broken connections", Count(" 500") + Count(" broken"), 0));
        bench.Findings.Add(
            Finding.AtMost(
                $"{name}: reads, queries and streams without an answer of success, 429 apart",
                Failed("read") + Failed("query") + Failed("stream"),
                0
            )
        );
        bench.Findings.Add(Finding.AtMost($"{name}: not ready at the end", alive == HttpStatusCode.OK ? 0 : 1, 0));
        bench.Notes.Add(
            $"{name}, {seconds} s: {string.Join(", ", statuses.OrderBy(status => status.Key, StringComparer.Ordinal).Select(status => $"{status.Key}: {status.Value}"))}."
        );
        bench.Tables.Add(
            $"| {name}, s | MB | open files |\n| --- | --- | --- |\n{string.Join('\n', samples.Select(sample => sample.Line()))}"
        );
    }

    private void Figure(string name, double value) => bench.Findings.Add(Finding.Figure(name, value));

    private int Count(string ending) =>
        statuses.Where(status => status.Key.EndsWith(ending, StringComparison.Ordinal)).Sum(status => status.Value);

    private int Failed(string kind) =>
        statuses
            .Where(status =>
                status.Key.StartsWith($"{kind} ", StringComparison.Ordinal) && status.Key != $"{kind} 200" && status.Key != $"{kind} 429"
            )
            .Sum(status => status.Value);

    private sealed record Sample(double Seconds, double Megabytes, int Files)
    {
        public string Line() => $"| {Seconds:0} | {Megabytes:0} | {Files} |";
    }
}
