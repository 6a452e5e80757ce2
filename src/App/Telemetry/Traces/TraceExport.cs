using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Tradepost.App.Telemetry.Traces;

/// <summary>
/// Sends traces to an OpenTelemetry collector where one is named. Without one, activities are still made, so that log lines carry the ids
/// of runs.
/// </summary>
internal sealed class TraceExport : IDisposable
{
    private static readonly string[] Sources = ["Tradepost.*", "Npgsql"];

    private readonly TracerProvider? traces;
    private readonly ActivityListener? listener;

    private TraceExport(OtlpTarget? target)
    {
        if (target is null)
        {
            listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name.StartsWith("Tradepost.", StringComparison.Ordinal),
                Sample = (ref _) => ActivitySamplingResult.PropagationData | ActivitySamplingResult.AllData,
            };
            ActivitySource.AddActivityListener(listener);
            return;
        }

        traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(target.Resource)
            .AddSource(Sources)
            .AddAspNetCoreInstrumentation()
            .AddHttpClientInstrumentation()
            .AddOtlpExporter(options => target.Configure(options, "traces"))
            .Build();
    }

    public static TraceExport Start(OtlpTarget? target) => new(target);

    /// <summary>Sends what has not been sent yet.</summary>
    public void Dispose()
    {
        traces?.Dispose();
        listener?.Dispose();
    }
}
