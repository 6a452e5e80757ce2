using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Tradepost.App.Telemetry.Metrics;

/// <summary>Keeps what the meters of the process measure, for Prometheus to fetch and, where a collector is named, to send there.</summary>
internal static class MetricsExport
{
    private const string Count = ".count";
    private const int Interval = 15_000;

    // A label that somebody outside can choose must not fill the memory.
    private const int MostSeries = 2000;

    private static readonly string[] Meters = ["Tradepost.*", "Microsoft.AspNetCore.*", "System.Runtime", "Npgsql"];
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800];
    private static readonly double[] Amounts =
    [
        1,
        5,
        10,
        50,
        100,
        500,
        1000,
        5000,
        10_000,
        50_000,
        100_000,
        500_000,
        1_000_000,
        10_000_000,
    ];

    /// <summary>Starts to measure; what was measured before is not known.</summary>
    public static MeterProvider Start(OtlpTarget? target)
    {
        var builder = Sdk.CreateMeterProviderBuilder()
            .AddMeter(Meters)
            .AddView(ViewOf)
            .AddPrometheusExporter(options => options.ScrapeResponseCacheDurationMilliseconds = 0);
        if (target is not null)
        {
            builder
                .SetResourceBuilder(target.Resource)
                .AddOtlpExporter(
                    (options, reader) =>
                    {
                        target.Configure(options, "metrics");
                        reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = Interval;
                    }
                );
        }

        return builder.Build();
    }

    private static MetricStreamConfiguration ViewOf(Instrument instrument)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        if (type == typeof(Histogram<>) && !HasBounds(instrument))
        {
            return new ExplicitBucketHistogramConfiguration
            {
                Boundaries = instrument.Unit == "s" ? Seconds : Amounts,
                CardinalityLimit = MostSeries,
            };
        }

        // Only counters and histograms may have this ending at Prometheus.
        var isGauge = type != typeof(Histogram<>) && type != typeof(Counter<>) && type != typeof(ObservableCounter<>);
        return new MetricStreamConfiguration
        {
            Name = isGauge && instrument.Name.EndsWith(Count, StringComparison.Ordinal) ? instrument.Name[..^Count.Length] : null,
            CardinalityLimit = MostSeries,
        };
    }

    private static bool HasBounds(Instrument instrument) =>
        instrument switch
        {
            Histogram<double> histogram => histogram.Advice?.HistogramBucketBoundaries is not null,
            Histogram<long> histogram => histogram.Advice?.HistogramBucketBoundaries is not null,
            Histogram<int> histogram => histogram.Advice?.HistogramBucketBoundaries is not null,
            _ => false,
        };
}
