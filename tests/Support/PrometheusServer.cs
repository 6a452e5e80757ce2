using System.Globalization;
using System.Text.Json;

namespace Tradepost.Tests.Support;

/// <summary>A Prometheus that scrapes one address, gone when the test process is gone.</summary>
public sealed class PrometheusServer : IAsyncDisposable
{
    private readonly ServerProcess process;
    private readonly HttpClient client;

    private PrometheusServer(ServerProcess process, HttpClient client) => (this.process, this.client) = (process, client);

    /// <summary>Prometheus' own tool, which checks what is written for it.</summary>
    public static string Tool => Programs.Get("prometheus", "promtool");

    /// <summary>Starts it on a free loopback port.</summary>
    /// <param name="target">Host and port of what is scraped at /metrics, each second.</param>
    /// <param name="token">A bearer token that it sends.</param>
    public static async Task<PrometheusServer> StartAsync(string target, string? token = null)
    {
        var program = Programs.Get("prometheus", "prometheus");
        var folder = Directory.CreateTempSubdirectory("tradepost-prometheus-").FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "prometheus.yml"),
            $$"""
            global: { scrape_interval: 3s }
            scrape_configs:
              - job_name: tradepost
                {{(token is null ? "" : $"authorization: {{ credentials: \"{token}\" }}")}}
                static_configs: [ { targets: [ '{{target}}' ] } ]
            """
        );
        var address = $"127.0.0.1:{LoopbackPort.Free()}";
        var http = new HttpClient { BaseAddress = new Uri($"http://{address}") };
        var server = await ServerProcess.StartAsync(
            folder,
            "TERM",
            [
                program,
                $"--config.file={folder}/prometheus.yml",
                $"--storage.tsdb.path={folder}/data",
                $"--web.listen-address={address}",
                "--log.level=warn",
            ],
            async () => (await http.GetAsync(new Uri("/-/ready", UriKind.Relative))).EnsureSuccessStatusCode()
        );
        return new PrometheusServer(server, http);
    }

    /// <summary>What it knows about its target: <c>health</c> and <c>lastError</c> among others.</summary>
    public async Task<JsonElement> TargetAsync() => (await GetAsync("/api/v1/targets")).GetProperty("activeTargets")[0];

    /// <summary>The first value of a query; null while there is none.</summary>
    public async Task<double?> ValueAsync(string query)
    {
        var result = (await GetAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}")).GetProperty("result");
        return result.GetArrayLength() == 0
            ? null
            : double.Parse(result[0].GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await process.StopAsync(keepFolder: false);
    }

    private async Task<JsonElement> GetAsync(string path) =>
        JsonElement.Parse(await client.GetStringAsync(new Uri(path, UriKind.Relative))).GetProperty("data");
}
