namespace Tradepost.App.Telemetry.Metrics;

/// <summary>What Prometheus makes of a metric.</summary>
internal enum MetricKind
{
    /// <summary>It only grows.</summary>
    Counter,

    /// <summary>It goes up and down.</summary>
    Gauge,

    /// <summary>Measurements counted in buckets.</summary>
    Histogram,
}
