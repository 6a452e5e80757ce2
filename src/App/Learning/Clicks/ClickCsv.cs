using System.Text;
using Tradepost.App.Tables;
using Tradepost.Learning.Clicks.Encoding;
using Tradepost.Serving.Commands;
using Tradepost.Storage.Files;

namespace Tradepost.App.Learning.Clicks;

/// <summary>
/// Rows of a CSV file with a header line, one after another: of millions only one is held. What cannot be told from the rows so
/// far, the decimal sign and the order of day and month, is found by going through the whole file once more.
/// </summary>
internal sealed class ClickCsv : IDisposable
{
    private readonly TableRows rows;
    private readonly TableForm form;
    private readonly ReadAs readAs;
    private int[] columns = [];
    private bool[] areNumbers = [];
    private DecimalSign? sign;
    private TimeSurvey? times;
    private bool areTimesNumbers;
    private char[] text = new char[256];

    private ClickCsv(TableRows rows, TableForm form)
    {
        (this.rows, this.form, sign) = (rows, form, form.Decimal);
        readAs = new ReadAs(rows.Encoding, rows.Delimiter) { Decimal = sign };
    }

    /// <summary>How the file was understood, in words.</summary>
    public string ReadAs => readAs.ToString();

    public static ClickCsv Open(string path, TableForm form) => new(TableRows.Open(TableSource.OfFile(path), form), form);

    /// <summary>Says which columns are read; they are counted from 0 then, the fields first.</summary>
    public void Choose(IReadOnlyList<ClickField> fields, IEnumerable<string> further)
    {
        columns = [.. fields.Select(field => field.Name).Concat(further).Select(rows.Find)];
        areNumbers = [.. columns.Select((_, i) => i < fields.Count && fields[i].Kind is FieldKind.Bucketised or FieldKind.Scaled)];
    }

    public bool Read() => rows.Read();

    /// <summary>
    /// What stands in a chosen column, a number with a point and an empty text where it is missing; valid until the next call.
    /// </summary>
    public ReadOnlySpan<char> Text(int column)
    {
        var cell = rows.Cell(columns[column]);
        if (!areNumbers[column])
        {
            return Chars(cell);
        }

        if (Missing.Is(cell))
        {
            return [];
        }

        if (sign is null && cell.Contains((byte)','))
        {
            sign = readAs.Decimal = SearchSign();
        }

        return sign is null ? Chars(cell) : WithPoint(column, cell, sign); // whoever takes it refuses what is no number
    }

    /// <summary>0 or 1.</summary>
    public byte Label(int column) =>
        Missing.Trim(rows.Cell(columns[column])) switch
        {
            [(byte)'0'] => 0,
            [(byte)'1'] => 1,
            _ => throw Bad(column, "0 or 1"),
        };

    /// <summary>A number, or seconds for a date: what the first row has, all have.</summary>
    public double Time(int column)
    {
        var cell = rows.Cell(columns[column]);
        if (times is null && !areTimesNumbers)
        {
            areTimesNumbers = form.Dates is null && NumberCell.TryParse(cell, DecimalSign.Point, out _);
            times = areTimesNumbers ? null : TimesOf(column);
        }

        if (areTimesNumbers)
        {
            return NumberCell.TryParse(cell, DecimalSign.Point, out var number)
                ? number
                : throw Bad(column, "a number, as in the rows before");
        }

        return times!.Add(cell, out var time)
            ? (time.Instant - DateTime.UnixEpoch).TotalSeconds
            : throw Bad(column, $"{times.Expected}{times.Hint(form)}");
    }

    /// <summary>What the library says about the row that was read, with where it stands.</summary>
    public UsageException Bad(ArgumentException problem) => new($"{rows.Source.Name}, line {rows.Line}: {Sentences.Of(problem)}");

    public UsageException NoRows() => new($"{rows.Source.Name} has a header line and no rows.");

    public void Dispose() => rows.Dispose();

    private Span<char> Chars(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > text.Length)
        {
            text = new char[bytes.Length * 2];
        }

        return text.AsSpan(0, Encoding.UTF8.GetChars(bytes, text));
    }

    private Span<char> WithPoint(int column, ReadOnlySpan<byte> cell, DecimalSign by)
    {
        if (!NumberCell.TryParse(cell, by, out _))
        {
            throw Bad(column, NumberCell.TryParse(cell, by.Other, out _) ? $"a number with a decimal {by.Name}" : "a number, or nothing");
        }

        var chars = Chars(cell);
        chars.Replace(',', '.');
        return chars;
    }

    private FileFormException Bad(int column, string expected) =>
        rows.Bad(rows.Line, $"{rows.Names[columns[column]]} is '{Shown.Cell(rows.Cell(columns[column]))}'; expected is {expected}");

    private DecimalSign SearchSign()
    {
        var shapes = columns
            .Where((_, i) => areNumbers[i])
            .Select(column => (column, Shapes: new DecimalSearch.ColumnShapes(rows.Names[column])))
            .ToList();
        using var again = rows.Again();
        while (again.Read())
        {
            foreach (var (column, one) in shapes)
            {
                one.Add(again.Cell(column), again.Line);
            }
        }

        var search = new DecimalSearch(rows.Source.Name, form);
        shapes.ForEach(one => search.Add(one.Shapes));
        return search.Find();
    }

    /// <summary>The notation of a column, for which the first row is enough unless it fits several.</summary>
    private TimeSurvey TimesOf(int column)
    {
        var first = new TimeSurvey(form.Dates);
        if (!first.Add(rows.Cell(columns[column]), out _))
        {
            throw Bad(column, $"{first.Expected}{first.Hint(form)}, or a number");
        }

        if (first.Found.Count > 1)
        {
            first = SearchTimes(column);
        }

        readAs.Add(first, form with { IsUtc = true });
        return new TimeSurvey(first.Found[0]);
    }

    private TimeSurvey SearchTimes(int column)
    {
        var survey = new TimeSurvey(null);
        using var again = rows.Again();
        while (again.Read())
        {
            var cell = again.Cell(columns[column]);
            if (!survey.Add(cell, out _))
            {
                throw again.Bad(again.Line, $"{rows.Names[columns[column]]} is '{Shown.Cell(cell)}'; expected is {survey.Expected}");
            }
        }

        return survey.IsClear ? survey : throw survey.Ambiguous(rows.Source.Name, rows.Names[columns[column]], form);
    }
}
