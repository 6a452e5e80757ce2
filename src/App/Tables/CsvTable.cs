using System.Text;
using Tradepost.Storage.Files;

namespace Tradepost.App.Tables;

/// <summary>A CSV file with a header line, whole in memory: what a model is fitted on.</summary>
internal sealed class CsvTable
{
    /// <summary>Squares of greater numbers, summed, are no numbers any more.</summary>
    public const double Greatest = 1e100;

    private const int MostNumbersOfCategories = 20;
    private const int TextsInTen = 2;

    private readonly TableForm form;
    private readonly List<string> names;
    private readonly Dictionary<string, int> places;
    private readonly CellStore cells;
    private readonly List<long> lines = [];
    private readonly List<string> notices = [];
    private readonly ReadAs readAs;
    private DecimalSign? sign;

    private CsvTable(TableRows rows, TableForm form)
    {
        this.form = form;
        Path = rows.Source.Name;
        names = [.. rows.Names];
        places = names.Select((name, at) => (name, at)).ToDictionary(pair => pair.name, pair => pair.at, StringComparer.Ordinal);
        cells = new CellStore(names.Count, rows.Source.Length);
        readAs = new ReadAs(rows.Encoding, rows.Delimiter);
        while (rows.Read())
        {
            Add(rows);
        }
    }

    public string Path { get; }

    public IReadOnlyList<string> Names => names;

    public int Count => lines.Count;

    /// <summary>How the file was understood, in words: what has been asked of it so far.</summary>
    public string ReadAs => readAs.ToString();

    /// <summary>What was guessed on the way and a user should know.</summary>
    public IReadOnlyList<string> Notices => notices;

    public static CsvTable Read(string path, TableForm form) => Read(TableSource.OfFile(path), form);

    /// <summary>A table that is at hand as text.</summary>
    /// <param name="name">What messages call it.</param>
    public static CsvTable OfText(string name, string text, TableForm form) => Read(TableSource.OfText(name, text), form);

    private static CsvTable Read(TableSource source, TableForm form)
    {
        using var rows = TableRows.Open(source, form);
        return new CsvTable(rows, form);
    }

    public bool Has(string name) => places.ContainsKey(name);

    /// <summary>Refuses a file without a column.</summary>
    public void Require(string name) => Position(name);

    /// <summary>A single number.</summary>
    public bool TryNumber(int row, string name, out double number) => NumberCell.TryParse(cells[row, Position(name)], Sign, out number);

    public string Text(int row, string name) => Encoding.UTF8.GetString(cells[row, Position(name)]);

    public string[] Texts(string name)
    {
        var at = Position(name);
        var texts = new string[Count];
        for (var row = 0; row < texts.Length; row++)
        {
            texts[row] = Encoding.UTF8.GetString(cells[row, at]);
        }

        return texts;
    }

    /// <summary>Whether a cell is one of the spellings of no value.</summary>
    public bool IsMissing(int row, string name) => Missing.Is(cells[row, Position(name)]);

    /// <summary>A column of times in one notation that fits every row, on the clock of their place or in UTC.</summary>
    public DateTime[] Times(string name)
    {
        var at = Position(name);
        var survey = new TimeSurvey(form.Dates);
        var times = new DateTime[Count];
        var wasClear = true;
        for (var row = 0; row < times.Length; row++)
        {
            times[row] = survey.Add(cells[row, at], out var time)
                ? Chosen(time)
                : throw Bad(row, name, Text(row, name), $"{survey.Expected}{survey.Hint(form)}");
            wasClear &= survey.Found.Count == 1;
        }

        if (!survey.IsClear && !survey.Prefer(form.LikelyDates))
        {
            throw survey.Ambiguous(Path, name, form);
        }

        for (var row = 0; row < times.Length && !wasClear; row++)
        {
            _ = survey.Found[0].TryRead(cells[row, at], out var time);
            times[row] = Chosen(time);
        }

        readAs.Add(survey, form);
        return times;
    }

    /// <summary>A column of numbers, NaN where a cell is missing.</summary>
    public double[] Numbers(string name) => Numbers(name, Greatest);

    /// <summary>As <see cref="Numbers(string)"/>; what is farther from zero than that is refused.</summary>
    public double[] Numbers(string name, double greatest)
    {
        var at = Position(name);
        var numbers = new double[Count];
        var (rounded, coded) = (-1, -1);
        for (var row = 0; row < numbers.Length; row++)
        {
            var cell = cells[row, at];
            numbers[row] =
                Missing.Is(cell) ? double.NaN
                : !NumberCell.TryParse(cell, Sign, out var number) ? throw BadNumber(row, name)
                : Math.Abs(number) > greatest ? throw Bad(row, name, Text(row, name), $"a number that is at most {greatest:0e0} from zero")
                : number;
            rounded = rounded < 0 && NumberCell.IsRounded(cell, numbers[row]) ? row : rounded;
            coded = coded < 0 && NumberCell.HasLeadingZero(cell) ? row : coded;
        }

        NoticeIf(rounded, name, "whole numbers with more digits than are kept (53 bits): several may have become one");
        NoticeIf(coded, name, "codes with a zero in front, which are read as numbers");
        return numbers;
    }

    /// <summary>
    /// Whether a column is one of numbers; else it is one of texts. What is almost all numbers and has a cell that is none is refused, not
    /// made into categories.
    /// </summary>
    public bool IsNumeric(string name)
    {
        var at = Position(name);
        if (form.Texts?.Contains(name) ?? false)
        {
            return false;
        }

        var (numbers, texts, firstText) = (0, 0, -1);
        var distinct = new HashSet<double>();
        for (var row = 0; row < Count; row++)
        {
            var cell = cells[row, at];
            if (Missing.Is(cell))
            {
                continue;
            }

            if (NumberCell.TryParse(cell, Sign, out var number))
            {
                numbers++;
                _ = distinct.Count <= MostNumbersOfCategories && distinct.Add(number);
            }
            else
            {
                texts++;
                firstText = firstText < 0 ? row : firstText;
            }
        }

        if (numbers == 0 || texts == 0)
        {
            return numbers > 0;
        }

        var isOfTexts =
            texts >= numbers || (10L * texts >= TextsInTen * ((long)texts + numbers) && distinct.Count <= MostNumbersOfCategories);
        if (!isOfTexts)
        {
            throw BadNumber(firstText, name);
        }

        Notice($"{name} has numbers and texts ('{Shown.Cell(Text(firstText, name))}' in line {Line(firstText)}) and is read as texts.");
        return false;
    }

    /// <summary>Where in the file a row is.</summary>
    public string Where(int row) => $"{Path}, line {Line(row)}";

    public string Line(int row) => lines[row].ToString();

    /// <summary>What a cell should have been.</summary>
    public FileFormException Bad(int row, string name, string text, string expected) =>
        new($"{Where(row)}: {name} is '{Shown.Cell(text)}'; expected is {expected}.");

    /// <summary>
    /// What a further file of a command has to say, with its name: how it is read only where that is not as the main one.
    /// </summary>
    public IEnumerable<string> NoticesAsFurther(string readAsOfMain)
    {
        string[] said = ReadAs.Split(", ").Except(readAsOfMain.Split(", ")).Any() ? [$"{Path} is read as: {ReadAs}."] : [];
        return said.Concat(notices.Select(notice => $"{Path}: {notice}"));
    }

    public void Notice(string notice)
    {
        if (!notices.Contains(notice))
        {
            notices.Add(notice);
        }
    }

    /// <summary>The decimal sign, found from the whole file when a number is first wanted.</summary>
    private DecimalSign Sign
    {
        get
        {
            if (sign is null)
            {
                sign = form.Decimal ?? (cells.Contains((byte)',') ? SearchSign() : DecimalSign.Point);
                readAs.Decimal = sign;
            }

            return sign;
        }
    }

    private DecimalSign SearchSign()
    {
        var search = new DecimalSearch(Path, form);
        for (var column = 0; column < names.Count; column++)
        {
            if (form.Texts?.Contains(names[column]) ?? false)
            {
                continue;
            }

            var shapes = new DecimalSearch.ColumnShapes(names[column]);
            for (var row = 0; row < Count; row++)
            {
                shapes.Add(cells[row, column], lines[row]);
            }

            search.Add(shapes);
        }

        return search.Find();
    }

    private DateTime Chosen(TimeCell time) => DateTime.SpecifyKind(form.IsUtc ? time.Instant : time.Local, DateTimeKind.Unspecified);

    private FileFormException BadNumber(int row, string name)
    {
        var text = Text(row, name);
        var isOfOtherSign = NumberCell.TryParse(cells[row, Position(name)], Sign.Other, out _);
        return Bad(
            row,
            name,
            text,
            $"a number{(isOfOtherSign ? $" with a decimal {Sign.Name}" : "")}{(form.Texts is null ? "" : $"; {form.Setting("categories", name)} reads the column as texts")}"
        );
    }

    private void NoticeIf(int row, string name, string what)
    {
        if (row >= 0)
        {
            Notice(
                $"{name} has {what} ('{Text(row, name)}' in line "
                    + $"{Line(row)}{(form.Texts is null ? "" : $"; {form.Setting("categories", name)} reads the column as texts")})."
            );
        }
    }

    private void Add(TableRows rows)
    {
        for (var column = 0; column < names.Count; column++)
        {
            if (!cells.TryAdd(rows.Cell(column)))
            {
                throw new FileFormException($"{Path} has more text than fits in memory at once, 2 GB; divide it.");
            }
        }

        lines.Add(rows.Line);
    }

    private int Position(string name) => places.TryGetValue(name, out var at) ? at : throw Shown.NoColumn(Path, name, names);
}
