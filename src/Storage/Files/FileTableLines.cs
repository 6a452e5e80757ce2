using System.Text.Encodings.Web;
using System.Text.Json;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Rejects;

namespace Tradepost.Storage.Files;

/// <summary>Lines of a CSV file as rows of a table.</summary>
internal sealed class FileTableLines(string file, FileTable table, FileForm form) : LineParser(table.Table)
{
    /// <summary>Longer values are kept from their beginning only, and such rows cannot be replayed.</summary>
    private const int LongestKept = 10_000;

    /// <summary>Under which a line is kept whose cells are not known.</summary>
    public const string LineName = "line";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly RecordCells cells = new((byte)form.Delimiter.Sign);
    private readonly RowReading reading = new(table, form.Cells);

    public override int HeaderLines => form.HeaderLines;

    public override bool IsOpen(ReadOnlySpan<byte> text) => cells.IsOpen(text);

    public override Finding Add(RowBatch batch, ReadOnlySpan<byte> line)
    {
        reading.Begin(batch);
        if (!cells.TrySplit(line, out var isOpen))
        {
            return isOpen
                ? throw new InvalidDataException("A quote in it is never closed: what comes behind cannot be told.")
                : Broken(FileRule.Quotes, "a quote begins or ends where none may");
        }

        if (cells.Count != form.Width)
        {
            return Missing.Trim(line).IsEmpty
                ? Broken(FileRule.BlankLine, "the line is blank")
                : Broken(FileRule.CellCount, $"the row has {cells.Count} cells; expected are {form.Width}, as in the header");
        }

        if (line.SequenceEqual(form.Header))
        {
            return Broken(FileRule.RepeatedHeader, "the header stands there again");
        }

        for (var i = 0; i < form.Fields.Length; i++)
        {
            if (!reading.TryRead(i, cells.Cell(line, form.Fields[i])))
            {
                return new Finding(reading.Rule, IsRow: false);
            }
        }

        return reading.TryEnd() ? Finding.Row : new Finding(reading.Rule, IsRow: false);
    }

    public override Reject RejectOf(long number, string rule, ReadOnlySpan<byte> line)
    {
        var problem = $"{file}, line {number}: {(rule == reading.Rule ? reading.Problem : "the file ends in the middle of the row")}";
        var row = new Dictionary<string, string>();
        if (reading.HasCells && rule == reading.Rule && line.Length <= LongestKept)
        {
            for (var i = 0; i < form.Fields.Length; i++)
            {
                row[table.Columns[i].Name] = form.Cells[i].PlainText(cells.Cell(line, form.Fields[i]));
            }
        }
        else
        {
            row[LineName] = TextOf(line);
        }

        return new Reject(number, rule, problem, JsonSerializer.Serialize(row, Readable));
    }

    private Finding Broken(string rule, string problem)
    {
        reading.Fail(rule, problem);
        return new Finding(rule, IsRow: false);
    }
}
