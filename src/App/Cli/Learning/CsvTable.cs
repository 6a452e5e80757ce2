using System.Globalization;
using CsvHelper;

namespace Tradepost.App.Cli.Learning;

/// <summary>A CSV file with a header line, whole in memory: what a model is fitted on.</summary>
internal sealed class CsvTable
{
    private const double GreatestNumber = 1e20;

    private readonly string path;
    private readonly List<string> names = [];
    private readonly List<string[]> rows = [];
    private readonly List<long> lines = [];

    private CsvTable(string path) => this.path = path;

    public string Path => path;

    public IReadOnlyList<string> Names => names;

    public int Count => rows.Count;

    public static CsvTable Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new UsageException($"There is no file {path}.");
        }

        using var reader = CsvReader.FromFile(System.IO.Path.GetFullPath(path), CsvReaderOptions.Default with { TrackLineNumbers = true });
        return Read(path, reader);
    }

    /// <summary>A table that is at hand as text.</summary>
    /// <param name="name">What messages call it.</param>
    public static CsvTable OfText(string name, string text)
    {
        using var reader = CsvReader.FromText(text, CsvReaderOptions.Default with { TrackLineNumbers = true });
        return Read(name, reader);
    }

    private static CsvTable Read(string path, CsvReader reader)
    {
        var table = new CsvTable(path);
        reader.ReadHeader();
        table.names.AddRange(reader.Headers.ToArray());
        while (reader.Read())
        {
            var row = new string[table.names.Count];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = i < reader.FieldCount ? reader.GetString(i) : "";
            }

            table.rows.Add(row);
            table.lines.Add(reader.LineNumber);
        }

        return table;
    }

    public bool Has(string name) => names.Contains(name);

    public string[] Texts(string name)
    {
        var at = Position(name);
        return [.. rows.Select(row => row[at])];
    }

    public DateTime[] Times(string name)
    {
        var at = Position(name);
        return
        [
            .. rows.Select(
                (row, i) =>
                    DateTime.TryParse(row[at], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time)
                        ? DateTime.SpecifyKind(time, DateTimeKind.Unspecified)
                        : throw Bad(i, name, row[at], "a time such as 2024-01-31 or 2024-01-31 12:00:00")
            ),
        ];
    }

    /// <summary>A column of numbers, NaN where a cell is empty or NA.</summary>
    public double[] Numbers(string name)
    {
        var at = Position(name);
        return
        [
            .. rows.Select(
                (row, i) =>
                    row[at] switch
                    {
                        "" or "NA" or "NaN" or "nan" => double.NaN,
                        "true" or "True" or "TRUE" => 1,
                        "false" or "False" or "FALSE" => 0,
                        var text when double.TryParse(text, CultureInfo.InvariantCulture, out var number) => number,
                        var text => throw Bad(i, name, text, "a number"),
                    }
            ),
        ];
    }

    /// <summary>As <see cref="Numbers"/>; a number that is infinite or farther than 1e20 from zero is refused.</summary>
    public double[] FiniteNumbers(string name)
    {
        var numbers = Numbers(name);
        return Array.FindIndex(numbers, number => Math.Abs(number) > GreatestNumber) is >= 0 and var row
            ? throw Bad(row, name, rows[row][Position(name)], "a number that is at most 1e20 from zero")
            : numbers;
    }

    /// <summary>Whether every cell of a column is a number, true, false, or empty, and not all are empty.</summary>
    public bool IsNumeric(string name)
    {
        var at = Position(name);
        var some = false;
        foreach (var row in rows)
        {
            if (row[at] is "" or "NA" or "NaN" or "nan")
            {
                continue;
            }

            if (
                !(
                    row[at] is "true" or "True" or "TRUE" or "false" or "False" or "FALSE"
                    || double.TryParse(row[at], CultureInfo.InvariantCulture, out _)
                )
            )
            {
                return false;
            }

            some = true;
        }

        return some;
    }

    /// <summary>Where in the file a row is.</summary>
    public string Where(int row) => string.Create(CultureInfo.InvariantCulture, $"{path}, line {lines[row]}");

    /// <summary>What a cell should have been.</summary>
    public UsageException Bad(int row, string name, string text, string expected) =>
        new($"{Where(row)}: {name} is '{text}'; expected is {expected}.");

    private int Position(string name) =>
        names.IndexOf(name) is >= 0 and var at
            ? at
            : throw new UsageException($"{path} has no column {name}; it has {string.Join(", ", names)}.");
}
