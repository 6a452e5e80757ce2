using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Telemetry;

/// <summary>A running server's metrics, read by Prometheus itself.</summary>
public sealed partial class PrometheusTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Prometheus_reads_the_metrics_of_a_server()
    {
        await using var server = await RunningServer.StartAsync(new TradepostProcess(folder.Path));
        await new TradepostProcess(folder.Path).RunJsonAsync("retail", "generate");
        await new TradepostProcess(folder.Path).RunJsonAsync("retail", "etl");
        await new TradepostProcess(folder.Path).RunJsonAsync("db", "query", "SELECT 1");
        await using var prometheus = await Servers.RequireAsync(() => PrometheusServer.StartAsync(new Uri(server.Address).Authority));

        await UntilAsync(prometheus, "tradepost_storage_query_duration_seconds_count{outcome=\"succeeded\"}", 1);
        await UntilAsync(prometheus, "tradepost_jobs_runs_finished_total{job_name=\"retail.etl\",state=\"succeeded\"}", 1);
        await UntilAsync(prometheus, "dotnet_process_cpu_time_seconds_total", 0.0001);
        await UntilAsync(prometheus, "histogram_quantile(0.99, tradepost_storage_connection_open_duration_seconds_bucket)", 0.0001);
        await UntilAsync(prometheus, "http_server_request_duration_seconds_count{http_route=\"/metrics\"}", 1);

        var target = await prometheus.TargetAsync();
        target.GetProperty("health").GetString().ShouldBe("up");
        target.GetProperty("lastError").GetString().ShouldBe("");
    }

    /// <summary>Dashboards and rules are written with these: a change of what writes them must not change them.</summary>
    [Fact]
    public async Task Names_and_labels_are_those_of_the_documents()
    {
        await using var server = await RunningServer.StartAsync(new TradepostProcess(folder.Path));
        await new TradepostProcess(folder.Path).RunJsonAsync("retail", "generate");
        await new TradepostProcess(folder.Path).RunJsonAsync("retail", "etl");
        await new TradepostProcess(folder.Path).RunJsonAsync("db", "query", "SELECT 1");
        using var client = new HttpClient();

        var text = await client.GetStringAsync(new Uri(server.Address + "/metrics"), TestContext.Current.CancellationToken);

        var served = Sample()
            .Matches(text)
            .GroupBy(
                sample => sample.Groups["name"].Value,
                sample => Label().Matches(sample.Groups["labels"].Value).Select(label => label.Groups["name"].Value)
            )
            .ToDictionary(
                name => name.Key,
                name =>
                    name.SelectMany(labels => labels).Where(label => !label.StartsWith("otel_scope_", StringComparison.Ordinal)).ToHashSet()
            );
        var documented = File.ReadLines(RepositoryRoot.Combine("docs", "operations.md"))
            .Select(line => Row().Match(line))
            .Where(row => row.Success)
            .ToDictionary(
                row => row.Groups["name"].Value,
                row => row.Groups["labels"].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries).ToHashSet()
            );
        string[] notHere =
        [
            "tradepost_storage_connection_failures_total", // nothing failed
            "tradepost_retries_total",
            "tradepost_ads_features_served_total", // nobody asked
            "tradepost_ads_features_cache_failures_total",
        ];
        documented.Keys.Except(served.Keys).ShouldBe(notHere, ignoreOrder: true);
        served
            .Keys.Where(name => name.StartsWith("tradepost_", StringComparison.Ordinal))
            .Except(documented.Keys)
            .ShouldBeEmpty("in no document");
        foreach (var name in documented.Keys.Except(notHere))
        {
            served[name].ShouldBe(documented[name], ignoreOrder: true, name);
        }
    }

    [Fact]
    public async Task Promtool_has_nothing_against_them()
    {
        await using var server = await RunningServer.StartAsync(new TradepostProcess(folder.Path));
        await new TradepostProcess(folder.Path).RunJsonAsync("db", "query", "SELECT 1");
        using var client = new HttpClient();
        await client.GetStringAsync(new Uri(server.Address + "/metrics"), TestContext.Current.CancellationToken);
        var text = await client.GetStringAsync(new Uri(server.Address + "/metrics"), TestContext.Current.CancellationToken);
        var promtool = await Servers.RequireAsync(() => Task.FromResult(PrometheusServer.Tool));

        using var process = Process.Start(
            new ProcessStartInfo(promtool, ["check", "metrics"])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
        await process.StandardInput.WriteAsync(text);
        process.StandardInput.Close();

        (await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBe("");
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Metrics_are_not_shown_to_strangers()
    {
        var program = new TradepostProcess(folder.Path) { Environment = { ["TRADEPOST_METRICS_TOKEN"] = "a-long-random-text" } };
        await using var server = await RunningServer.StartAsync(program);

        (await StatusAsync(server)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(server, ("Authorization", "Bearer wrong"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(server, ("Authorization", "Basic a-long-random-text"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(server, ("Authorization", "Bearer a-long-random-text"))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_a_token_metrics_are_shown_to_this_machine_and_not_through_a_proxy_on_it()
    {
        await using var server = await RunningServer.StartAsync(new TradepostProcess(folder.Path));

        (await StatusAsync(server)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(server, ("X-Forwarded-For", "192.0.2.1"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(server, ("Forwarded", "for=192.0.2.1"))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    public void Dispose() => folder.Dispose();

    // A histogram is looked at by its count.
    [GeneratedRegex(
        @"^(?<name>tradepost_\w+?)(_count)?(?<!_bucket|_sum)(\{(?<labels>[^}]*)\})? \S+$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Sample();

    [GeneratedRegex("(?<name>\\w+)=\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Label();

    [GeneratedRegex(@"^\| `(?<name>tradepost_\w+)` \| (?<labels>[a-z_, ]*?) ?\|", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();

    private static async Task<HttpStatusCode> StatusAsync(RunningServer server, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Address + "/metrics");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static async Task UntilAsync(PrometheusServer prometheus, string query, double least)
    {
        double? value = null;
        for (var left = 1_200; left > 0; left--)
        {
            if ((value = await prometheus.ValueAsync(query)) >= least)
            {
                return;
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        value.ShouldNotBeNull(query);
        value.Value.ShouldBeGreaterThanOrEqualTo(least, query);
    }
}
