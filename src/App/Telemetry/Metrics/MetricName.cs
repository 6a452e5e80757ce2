using System.Text;

namespace Tradepost.App.Telemetry.Metrics;

/// <summary>The names of instruments as Prometheus writes names: <c>tradepost.jobs.run.duration</c> in s is <c>tradepost_jobs_run_duration_seconds</c>.</summary>
internal static class MetricName
{
    public static string Of(string name, string? unit, MetricKind kind)
    {
        var written = Plain(name);
        if (UnitOf(unit) is { } word && !written.EndsWith("_" + word, StringComparison.Ordinal))
        {
            written += "_" + word;
        }

        // Only counters and histograms may have these endings.
        return kind switch
        {
            MetricKind.Counter => written.EndsWith("_total", StringComparison.Ordinal) ? written : written + "_total",
            MetricKind.Gauge when written.EndsWith("_count", StringComparison.Ordinal) => written[..^"_count".Length],
            _ => written,
        };
    }

    /// <summary>A name of letters, digits and underscores.</summary>
    public static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            plain.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '_');
        }

        return plain.Length > 0 && char.IsAsciiDigit(plain[0]) ? "_" + plain : plain.ToString();
    }

    // What stands in braces says what is counted, and is no unit.
    private static string? UnitOf(string? unit) => unit switch
    {
        null or "" or "1" => null,
        "s" => "seconds",
        "ms" => "milliseconds",
        "us" => "microseconds",
        "By" => "bytes",
        "%" => "percent",
        _ when unit.StartsWith('{') => null,
        _ => Plain(unit),
    };
}
