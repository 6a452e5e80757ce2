using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using Tradepost.App.Calls;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Telemetry;

/// <summary>The OpenTelemetry collector that OTEL_EXPORTER_OTLP_ENDPOINT names, spoken to by OTLP over HTTP.</summary>
internal sealed class OtlpTarget(Uri endpoint, string service)
{
    private const string UsualService = "tradepost";

    /// <summary>What sends to it.</summary>
    public ResourceBuilder Resource => ResourceBuilder.CreateDefault().AddService(service, serviceVersion: VersionText.Version);

    /// <summary>Null where none is named: then nothing is sent.</summary>
    public static OtlpTarget? Find(Settings settings) =>
        settings.Find(SettingNames.OtlpEndpoint) is { } text
            ? new OtlpTarget(Endpoint(text), settings.Find(SettingNames.OtlpServiceName) ?? UsualService)
            : null;

    /// <summary>Has an exporter send there.</summary>
    /// <param name="options">Of the exporter.</param>
    /// <param name="signal">As the path of the endpoint ends: <c>traces</c> or <c>metrics</c>.</param>
    public void Configure(OtlpExporterOptions options, string signal)
    {
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = new Uri(endpoint, $"v1/{signal}");
    }

    private static Uri Endpoint(string text) =>
        Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new ConfigurationException(
                SettingNames.OtlpEndpoint,
                $"holds \"{text}\"; expected is an address such as http://127.0.0.1:4318, for OTLP over HTTP."
            );
}
