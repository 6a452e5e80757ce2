using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Tradepost.App.Telemetry.Metrics;

/// <summary>Listens to the meters of the process and keeps what they measured.</summary>
internal sealed class MetricRegistry : IDisposable
{
    private static readonly string[] Meters = ["Tradepost.", "Microsoft.AspNetCore.", "System.Runtime", "Npgsql"];

    private readonly ConcurrentDictionary<Instrument, Metric> metrics = new();
    private readonly MeterListener listener = new();
    private readonly Lock reading = new();

    private MetricRegistry()
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (Meters.Any(meter => instrument.Meter.Name.StartsWith(meter, StringComparison.Ordinal)))
            {
                listening.EnableMeasurementEvents(instrument, metrics.GetOrAdd(instrument, new Metric(instrument)));
            }
        };
        // A meter that is disposed takes its series with it.
        listener.MeasurementsCompleted = (instrument, _) => metrics.TryRemove(instrument, out var _);
        listener.SetMeasurementEventCallback<byte>(static (_, value, labels, metric) => ((Metric)metric!).Record(value, labels));
        listener.SetMeasurementEventCallback<short>(static (_, value, labels, metric) => ((Metric)metric!).Record(value, labels));
        listener.SetMeasurementEventCallback<int>(static (_, value, labels, metric) => ((Metric)metric!).Record(value, labels));
        listener.SetMeasurementEventCallback<long>(static (_, value, labels, metric) => ((Metric)metric!).Record(value, labels));
        listener.SetMeasurementEventCallback<float>(static (_, value, labels, metric) => ((Metric)metric!).Record(value, labels));
        listener.SetMeasurementEventCallback<double>(static (_, value, labels, metric) => ((Metric)metric!).Record(value, labels));
        listener.SetMeasurementEventCallback<decimal>(static (_, value, labels, metric) => ((Metric)metric!).Record((double)value, labels));
    }

    /// <summary>Starts to listen; what was measured before is not known.</summary>
    public static MetricRegistry Start()
    {
        var registry = new MetricRegistry();
        registry.listener.Start();
        return registry;
    }

    /// <summary>Everything measured so far, in the form that Prometheus reads.</summary>
    public string Write()
    {
        lock (reading)
        {
            foreach (var metric in metrics.Values.Where(metric => metric.IsObservable))
            {
                metric.Clear();
            }

            listener.RecordObservableInstruments();
            return PrometheusText.Of(metrics.Values);
        }
    }

    public void Dispose() => listener.Dispose();
}
