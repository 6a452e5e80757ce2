using System.Diagnostics;
using System.Text;
using Tradepost.App.Telemetry;
using Tradepost.App.Telemetry.Traces;
using Tradepost.Storage.Connections;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Telemetry;

public sealed class TraceExportTests
{
    [Fact]
    public async Task Spans_arrive_at_the_collector_that_is_configured()
    {
        var received = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var collector = new HttpReceiver(
            (path, body) =>
            {
                if (path == "/v1/traces")
                {
                    received.TrySetResult(body);
                }

                return 200;
            }
        );
        using var source = new ActivitySource("Tradepost.Tests");
        var settings = Settings.Load(
            new SettingSources(
                new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address },
                new Dictionary<string, string>(),
                "/",
                _ => null
            )
        );

        using (TraceExport.Start(OtlpTarget.Find(settings)))
        {
            using var activity = source.StartActivity("job retail.etl")?.SetTag("tradepost.run.id", "7");
            activity.ShouldNotBeNull();
        }

        var text = Encoding.UTF8.GetString(await received.Task);
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
}
