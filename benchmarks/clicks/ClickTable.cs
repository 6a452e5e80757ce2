using System.Globalization;
using Tradepost.Learning.Clicks;
using Tradepost.Learning.Clicks.Encoding;

namespace Tradepost.Benchmarks.Clicks;

/// <summary>Plain CSV files without quotes, whose last column is the label.</summary>
internal static class ClickTable
{
    public static string[] Fields(string path) => File.ReadLines(path).First().Split(',')[..^1];

    public static ClickLog Log(string training, string validation)
    {
        var log = new ClickLog([.. Fields(training).Select(name => new ClickField { Name = name })]);
        Add(log, training);
        log.BeginValidation();
        Add(log, validation);
        return log;
    }

    public static (ClickRows Rows, byte[] Labels) Rows(ClickModel model, string path)
    {
        var (rows, labels) = (model.NewRows(), new List<byte>());
        foreach (var line in File.ReadLines(path).Skip(1))
        {
            labels.Add(Fill(line, rows.Set));
            rows.EndRow();
        }

        return (rows, [.. labels]);
    }

    public delegate void Setter(int field, ReadOnlySpan<char> text);

    /// <summary>Sets the fields of a row.</summary>
    /// <returns>Its label.</returns>
    public static byte Fill(ReadOnlySpan<char> line, Setter set)
    {
        var field = 0;
        for (var comma = line.IndexOf(','); comma >= 0; comma = line.IndexOf(','))
        {
            set(field++, line[..comma]);
            line = line[(comma + 1)..];
        }

        return byte.Parse(line, CultureInfo.InvariantCulture);
    }

    private static void Add(ClickLog log, string path)
    {
        foreach (var line in File.ReadLines(path).Skip(1))
        {
            log.EndRow(Fill(line, log.Set));
        }
    }
}
