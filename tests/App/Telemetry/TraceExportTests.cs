using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Tradepost.App.Telemetry;
using Tradepost.App.Telemetry.Traces;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Tests.Telemetry;

public sealed class TraceExportTests
{
    [Fact]
    public async Task Spans_arrive_at_the_collector_that_is_configured()
    {
        using var collector = new HttpListener();
        var address = Listen(collector);
        using var source = new ActivitySource("Tradepost.Tests");
        var settings = Settings.Load(
            new SettingSources(
                new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = address },
                new Dictionary<string, string>(),
                "/",
                _ => null
            )
        );
        var received = ReceiveAsync(collector, "/v1/traces");

        using (TraceExport.Start(OtlpTarget.Find(settings)))
        {
            using var activity = source.StartActivity("job retail.etl")?.SetTag("tradepost.run.id", "7");
            activity.ShouldNotBeNull();
        }

        var text = Encoding.UTF8.GetString(await received);
        text.ShouldContain("job retail.etl");
        text.ShouldContain("tradepost.run.id");
        text.ShouldContain("service.name");
    }

    [Fact]
    public void An_address_that_is_none_is_refused()
    {
        var settings = Settings.Load(
            new SettingSources(
                new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "collector" },
                new Dictionary<string, string>(),
                "/",
                _ => null
            )
        );

        Should.Throw<ConfigurationException>(() => OtlpTarget.Find(settings)).Message.ShouldContain("http://127.0.0.1:4318");
    }

    private static string Listen(HttpListener collector)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        probe.Stop();
        collector.Prefixes.Add(address);
        collector.Start();
        return address;
    }

    /// <summary>Answers everything, and gives the first body that comes for a path.</summary>
    private static async Task<byte[]> ReceiveAsync(HttpListener collector, string path)
    {
        while (true)
        {
            var context = await collector.GetContextAsync();
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            context.Response.StatusCode = 200;
            context.Response.Close();
            if (context.Request.Url!.AbsolutePath == path)
            {
                return body.ToArray();
            }
        }
    }
}
