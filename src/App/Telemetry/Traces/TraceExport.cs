using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Tradepost.App.Cli;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Telemetry.Traces;

/// <summary>
/// Sends traces and metrics by OTLP over HTTP where OTEL_EXPORTER_OTLP_ENDPOINT names a collector. Without one, activities are
/// still made, so that log lines carry the ids of runs.
/// </summary>
internal sealed class TraceExport : IDisposable
{
    private const string Service = "tradepost";
    private const int MetricInterval = 15_000;

    private static readonly string[] Sources = ["Tradepost.*", "Microsoft.AspNetCore", "System.Net.Http", "Npgsql"];
    private static readonly string[] Meters = ["Tradepost.*", "Microsoft.AspNetCore.*", "System.Runtime", "Npgsql"];

    private readonly TracerProvider? traces;
    private readonly MeterProvider? metrics;
    private readonly ActivityListener? listener;

    private TraceExport(Settings settings)
    {
        if (settings.Find(SettingNames.OtlpEndpoint) is not { } text)
        {
            listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name.StartsWith("Tradepost.", StringComparison.Ordinal),
                Sample = (ref _) => ActivitySamplingResult.PropagationData | ActivitySamplingResult.AllData,
            };
            ActivitySource.AddActivityListener(listener);
            return;
        }

        var endpoint = Endpoint(text);
        var resource = ResourceBuilder.CreateDefault().AddService(settings.Find(SettingNames.OtlpServiceName) ?? Service, serviceVersion: VersionText.Version);
        traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Sources)
            .AddOtlpExporter(options => Configure(options, new Uri(endpoint, "v1/traces"))).Build();
        metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters)
            .AddOtlpExporter((options, reader) =>
            {
                Configure(options, new Uri(endpoint, "v1/metrics"));
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = MetricInterval;
            }).Build();
    }

    public static TraceExport Start(Settings settings) => new(settings);

    /// <summary>Sends what has not been sent yet.</summary>
    public void Dispose()
    {
        traces?.Dispose();
        metrics?.Dispose();
        listener?.Dispose();
    }

    private static void Configure(OtlpExporterOptions options, Uri endpoint)
    {
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = endpoint;
    }

    private static Uri Endpoint(string text) =>
        Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new ConfigurationException(SettingNames.OtlpEndpoint, $"holds \"{text}\"; expected is an address such as http://127.0.0.1:4318, for OTLP over HTTP.");
}
