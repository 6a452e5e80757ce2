using System.Globalization;
using DuckDB.NET.Native;

namespace Tradepost.Storage.Embedded;

/// <summary>
/// An INTERVAL as DuckDB writes it, such as <c>1 year 2 months 3 days 04:05:06.5</c>: no type of .NET has months and days apart.
/// </summary>
internal static class IntervalText
{
    public static string Of(DuckDBInterval interval)
    {
        var micros = (long)interval.Micros;
        List<string> parts =
        [
            .. new[]
            {
                Part(interval.Months / 12, "year"),
                Part(interval.Months % 12, "month"),
                Part(interval.Days, "day"),
            }.OfType<string>(),
        ];
        if (micros != 0 || parts.Count == 0)
        {
            var span = TimeSpan.FromTicks(Math.Abs(micros % TimeSpan.MicrosecondsPerHour) * TimeSpan.TicksPerMicrosecond);
            var fraction =
                span.Ticks % TimeSpan.TicksPerSecond == 0 ? "" : span.ToString(@"\.ffffff", CultureInfo.InvariantCulture).TrimEnd('0');
            parts.Add($"{(micros < 0 ? "-" : "")}{Math.Abs(micros / TimeSpan.MicrosecondsPerHour):00}:{span:mm\\:ss}{fraction}");
        }

        return string.Join(' ', parts);
    }

    private static string? Part(int count, string unit) => count == 0 ? null : $"{count} {unit}{(count is 1 or -1 ? "" : "s")}";
}
