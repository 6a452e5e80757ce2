using System.Globalization;
using System.Text;
using CsvHelper;

namespace Tradepost.App.Cli.Learning.Clicks;

/// <summary>Rows of a CSV file with a header line, one after another: of millions only one is held.</summary>
internal sealed class ClickCsv : IDisposable
{
    private readonly string path;
    private readonly CsvReader reader;
    private readonly List<string> names;
    private int[] columns = [];
    private char[] text = new char[256];

    private ClickCsv(string path, CsvReader reader)
    {
        (this.path, this.reader) = (path, reader);
        reader.ReadHeader();
        names = [.. reader.Headers.ToArray()];
    }

    public static ClickCsv Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new UsageException($"There is no file {path}.");
        }

        if (new FileInfo(path).Length == 0)
        {
            throw new UsageException($"{path} is empty; expected is a header line and then rows.");
        }

        return new ClickCsv(path, CsvReader.FromFile(Path.GetFullPath(path), CsvReaderOptions.Default with { TrackLineNumbers = true }));
    }

    /// <summary>Says which columns are read; they are counted from 0 then.</summary>
    public void Choose(IEnumerable<string> wanted) =>
        columns = [
            .. wanted.Select(name =>
                names.IndexOf(name) is >= 0 and var at
                    ? at
                    : throw new UsageException($"{path} has no column {name}; it has {string.Join(", ", names)}.")
            ),
        ];

    public bool Read()
    {
        if (!reader.Read())
        {
            return false;
        }

        if (reader.FieldCount < names.Count)
        {
            throw new UsageException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{path}, line {reader.LineNumber}: the row has {reader.FieldCount} fields; expected are {names.Count}."
                )
            );
        }

        return true;
    }

    /// <summary>What stands in a chosen column; valid until the next call.</summary>
    public ReadOnlySpan<char> Text(int column)
    {
        var bytes = reader.GetSpan(columns[column]);
        if (bytes.Length > text.Length)
        {
            text = new char[bytes.Length * 2];
        }

        return text.AsSpan(0, Encoding.UTF8.GetChars(bytes, text));
    }

    /// <summary>0 or 1.</summary>
    public byte Label(int column) =>
        Text(column) switch
        {
            "0" => 0,
            "1" => 1,
            var other => throw Bad(column, other.ToString(), "0 or 1"),
        };

    /// <summary>A number, or seconds for a date.</summary>
    public double Time(int column)
    {
        var value = Text(column);
        if (double.TryParse(value, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number;
        }

        return DateTime.TryParse(
            value,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
            out var time
        )
            ? (time - DateTime.UnixEpoch).TotalSeconds
            : throw Bad(column, value.ToString(), "a time such as 2024-01-31 12:00:00, or a number");
    }

    /// <summary>What the library says about the row that was read, with where it stands.</summary>
    public UsageException Bad(ArgumentException problem) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{path}, line {reader.LineNumber}: {Sentences.Of(problem)}"));

    public UsageException NoRows() => new($"{path} has a header line and no rows.");

    public void Dispose() => reader.Dispose();

    private UsageException Bad(int column, string found, string expected) =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{path}, line {reader.LineNumber}: {names[columns[column]]} is '{found}'; expected is {expected}."
            )
        );
}
