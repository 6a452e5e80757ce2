using System.Globalization;
using System.Text.Json;

namespace Tradepost.Benchmarks.Anomalies;

/// <summary>The folders of series and the file of windows that the Numenta Anomaly Benchmark consists of.</summary>
internal static class LabelledCorpus
{
    public static LabelledSeries[] Read(string folder)
    {
        var windows = JsonSerializer.Deserialize<Dictionary<string, string[][]>>(File.ReadAllText(Path.Combine(folder, "windows.json")))!;
        return [.. windows.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => Read(folder, pair.Key, pair.Value))];
    }

    private static LabelledSeries Read(string folder, string name, string[][] windows)
    {
        var rows = File.ReadLines(Path.Combine(folder, name)).Skip(1).Select(line => line.Split(',')).ToList();
        var times = rows.Select(row => Time(row[0])).ToArray();
        var values = rows.Select(row => double.Parse(row[1], CultureInfo.InvariantCulture)).ToArray();
        return new LabelledSeries(
            name,
            times,
            values,
            [.. windows.Select(window => (Array.IndexOf(times, Time(window[0])), Array.IndexOf(times, Time(window[1]))))]
        );
    }

    private static DateTime Time(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);
}
