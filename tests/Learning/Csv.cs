using System.Globalization;
using System.IO.Compression;

namespace Tradepost.Learning.Tests;

/// <summary>A table of the reference results: commas, optional quotes, empty cells are NaN.</summary>
internal sealed class Csv
{
    private readonly Dictionary<string, int> positions;
    private readonly List<string[]> rows;

    private Csv(IEnumerable<string> lines)
    {
        rows = [.. lines.Where(line => line.Length > 0).Select(line => line.Split(',').Select(cell => cell.Trim('"')).ToArray())];
        positions = rows[0].Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i);
        rows.RemoveAt(0);
    }

    public IEnumerable<string> Names => positions.Keys;

    public int Count => rows.Count;

    public static Csv Read(string path)
    {
        using Stream file = File.OpenRead(path);
        using var content = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(content);
        return new Csv(reader.ReadToEnd().Split('\n', '\r'));
    }

    public string[] Texts(string name) => [.. rows.Select(row => row[positions[name]])];

    public DateTime[] Times(string name) => [.. Texts(name).Select(text => DateTime.Parse(text, CultureInfo.InvariantCulture))];

    public double[] Numbers(string name) => Numbers(name, text => double.Parse(text, CultureInfo.InvariantCulture));

    /// <summary>To the last bit what R made of the file.</summary>
    public double[] NumbersAsR(string name) => Numbers(name, RNumber.Parse);

    private double[] Numbers(string name, Func<string, double> parse) =>
        [.. Texts(name).Select(text => text is "" or "NA" ? double.NaN : parse(text))];
}
