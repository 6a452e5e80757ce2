using System.Globalization;
using System.Text;

namespace Tradepost.App.Telemetry.Metrics;

/// <summary>Metrics in Prometheus' text format 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Of(IEnumerable<Metric> metrics)
    {
        var text = new StringBuilder();
        // Two meters may have instruments of one name; a name has one type and one block.
        foreach (var same in metrics.GroupBy(metric => (metric.Name, metric.Kind)).OrderBy(group => group.Key.Name, StringComparer.Ordinal).DistinctBy(group => group.Key.Name))
        {
            var series = same.SelectMany(metric => metric.Series.Select(one => (Metric: metric, Series: one))).ToList();
            if (series.Count > 0)
            {
                WriteHead(text, same.First());
                series.ForEach(one => WriteSeries(text, one.Metric, one.Series));
            }
        }

        return text.ToString();
    }

    private static void WriteHead(StringBuilder text, Metric metric)
    {
        if (metric.Help.Length > 0)
        {
            text.Append("# HELP ").Append(metric.Name).Append(' ').Append(metric.Help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
        }

        text.Append("# TYPE ").Append(metric.Name).Append(' ').Append(metric.Kind switch
        {
            MetricKind.Counter => "counter",
            MetricKind.Histogram => "histogram",
            _ => "gauge",
        }).Append('\n');
    }

    private static void WriteSeries(StringBuilder text, Metric metric, Series series)
    {
        var (value, count, buckets) = series.Read();
        var labels = Labels(series.Labels);
        if (metric.Bounds is not { } bounds)
        {
            WriteLine(text, metric.Name, labels, Number(value));
            return;
        }

        var below = 0L;
        for (var i = 0; i < buckets.Length; i++)
        {
            below += buckets[i];
            var bound = i < bounds.Length ? Number(bounds[i]) : "+Inf";
            WriteLine(text, metric.Name + "_bucket", labels.Length == 0 ? $"le=\"{bound}\"" : $"{labels},le=\"{bound}\"", Number(below));
        }

        WriteLine(text, metric.Name + "_sum", labels, Number(value));
        WriteLine(text, metric.Name + "_count", labels, Number(count));
    }

    private static void WriteLine(StringBuilder text, string name, string labels, string value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(value).Append('\n');
    }

    private static string Labels(KeyValuePair<string, object?>[] labels) => string.Join(',', labels
        .Select(label => (Name: LabelName(label.Key), Value: label.Value is bool truth ? truth ? "true" : "false" : Convert.ToString(label.Value, CultureInfo.InvariantCulture) ?? ""))
        .DistinctBy(label => label.Name)
        .OrderBy(label => label.Name, StringComparer.Ordinal)
        .Select(label => $"{label.Name}=\"{Escape(label.Value)}\""));

    // Prometheus gives each series a job and an instance of its own, and would rename ours.
    private static string LabelName(string name) => MetricName.Plain(name) switch
    {
        "job" => "job_name",
        "instance" => "instance_name",
        var plain => plain,
    };

    private static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
