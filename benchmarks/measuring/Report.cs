using System.Globalization;
using System.Text;

namespace Tradepost.Benchmarks.Measuring;

/// <summary>The results as a Markdown page.</summary>
internal static class Report
{
    public static string Of(Bench bench, IReadOnlyList<Series> measured, DateTimeOffset started, IReadOnlyList<double> load)
    {
        var page = new StringBuilder();
        Line(page, $"# {bench.Name}: results");
        Line(page);
        var machine = bench.Machine;
        Line(
            page,
            $"{machine.Cpu}, {machine.Cores} cores, {machine.MemoryGigabytes} GB, {machine.OperatingSystem}; {started:yyyy-MM-dd HH:mm} UTC; load average {load[0]:0.00} before, {load[1]:0.00} after."
        );
        Line(page, $"{string.Join(", ", bench.Versions.Select(version => $"{version.Key} {version.Value}"))}.");
        Line(page);
        Line(page, $"| what | runs | seconds (median) | min–max | rows/s | CPU s | peak MB |");
        Line(page, $"| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var series in measured)
        {
            Line(
                page,
                $"| {series.Name} | {series.Seconds.Count} | {Seconds(series.Median)} | {Seconds(series.Min)}–{Seconds(series.Max)} | {series.RowsPerSecond:N0} | {series.CpuSeconds:0.0} | {(series.PeakMegabytes > 0 ? series.PeakMegabytes.ToString("N0") : "")} |"
            );
        }

        Line(page);
        Line(page, $"| figure | measured | promised | |");
        Line(page, $"| --- | --- | --- | --- |");
        foreach (var finding in bench.Findings)
        {
            Line(
                page,
                $"| {finding.Name} | {finding.Value:N2} | {finding.Wanted} | {(finding.Wanted.Length == 0 ? "" : finding.IsMet ? "kept" : "**not kept**")} |"
            );
        }

        Line(page);
        foreach (var table in bench.Tables)
        {
            page.Append(table).Append("\n\n");
        }

        foreach (var note in bench.Notes)
        {
            Line(page, $"- {note}");
        }

        return page.ToString();
    }

    private static string Seconds(double seconds) => seconds.ToString(seconds < 0.1 ? "0.0000" : "0.00", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder page, FormattableString? text = null) => page.Append(text?.ToString()).Append('\n');
}
