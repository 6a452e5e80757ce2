using System.Text;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Files;

/// <summary>Finds how a file is read into a table. What can be read in two ways is refused with the setting that settles it.</summary>
internal sealed class FormSearch(DataFile file, FileTable table, TableForm said)
{
    private const string SeparatorHint = "sep=";

    private static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];

    public FileForm Find()
    {
        var encoding = TextEncoding.Of(TableSource.Of(file.Name, file.Open), said);
        var text = file with { Encoding = encoding == TextEncoding.Utf8 ? null : encoding.Encoding };
        using var reader = text.Read();
        var (delimiter, header) = ReadHeader(reader);
        var cells = new RecordCells((byte)delimiter.Sign);
        var names = Split(header, cells) ?? throw Bad(reader, "the quotes of the header do not match");
        var fields = table.Columns.Select(column => Place(column, names, reader)).ToArray();
        return new FileForm(
            encoding,
            delimiter,
            (int)reader.LineNumber,
            header,
            names.Length,
            fields,
            Survey(text, reader.LineNumber, cells, names.Length, fields),
            [.. names.Where((_, i) => !fields.Contains(i))]
        );
    }

    private (Delimiter Delimiter, byte[] Header) ReadHeader(LineReader reader)
    {
        var header = ReadLine(reader);
        Delimiter? hinted = null;
        if (
            Encoding.UTF8.GetString(header) is { Length: > 4 and < 7 } hint
            && hint.StartsWith(SeparatorHint, StringComparison.OrdinalIgnoreCase)
        )
        {
            hinted = Delimiter.Find(hint[SeparatorHint.Length..].TrimEnd(',', ' '));
            header = ReadLine(reader);
        }

        if (header.Length == 0)
        {
            throw new FileFormException($"{file.Name} is empty; expected is a header line with {Names(table.Columns)}.");
        }

        // The right sign divides the header so that the columns are there.
        var candidates = (said.Delimiter ?? hinted) is { } known ? [known] : Delimiter.All;
        return (candidates.MaxBy(one => Known(header, one)) ?? candidates[0], header);
    }

    private int Known(byte[] header, Delimiter delimiter) =>
        Split(header, new RecordCells((byte)delimiter.Sign)) is { } names ? table.Columns.Count(column => names.Any(column.IsNamed)) : -1;

    private static byte[] ReadLine(LineReader reader)
    {
        if (!reader.TryRead(out var line))
        {
            return [];
        }

        return (line.StartsWith(Mark) ? line[Mark.Length..] : line).ToArray();
    }

    private static string[]? Split(ReadOnlySpan<byte> header, RecordCells cells)
    {
        if (!cells.TrySplit(header, out _))
        {
            return null;
        }

        var names = new string[cells.Count];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = Encoding.UTF8.GetString(cells.Cell(header, i)).Trim();
        }

        return names;
    }

    private int Place(FileColumn column, string[] names, LineReader reader)
    {
        var found = names.Index().Where(name => column.IsNamed(name.Item)).ToList();
        return found.Count switch
        {
            1 => found[0].Index,
            0 => throw Bad(
                reader,
                $"the header lacks {Names(table.Columns.Where(one => !names.Any(one.IsNamed)))}; it has "
                    + $"{string.Join(", ", names.Select(Shown.Cell))}"
            ),
            _ => throw Bad(reader, $"{string.Join(" and ", found.Select(name => Shown.Cell(name.Item)))} are both {column.Name}"),
        };
    }

    private static string Names(IEnumerable<FileColumn> columns) =>
        string.Join(", ", columns.Select(column => string.Join(" or ", column.Synonyms.Prepend(column.Name).Distinct())));

    /// <summary>Looks at the cells of numbers and times until it is clear what they are; that may take the whole file.</summary>
    private CellForm[] Survey(DataFile text, long headerLines, RecordCells cells, int width, int[] fields)
    {
        var decimals = new DecimalSearch(file.Name, said);
        var shapes = new Dictionary<int, DecimalSearch.ColumnShapes>();
        var times = new Dictionary<int, NotationSearch>();
        for (var i = 0; i < fields.Length; i++)
        {
            var column = table.Columns[i];
            if (column.Type is ColumnType.Decimal or ColumnType.Double && said.Decimal is null)
            {
                shapes[i] = new DecimalSearch.ColumnShapes(column.Name);
            }
            else if (column.Type is ColumnType.Date or ColumnType.Timestamp)
            {
                times[i] = new NotationSearch(file.Name, column.Name, said);
            }
        }

        using var reader = text.Read(cells.IsOpen);
        var isClear = shapes.Count == 0;
        var isSettled = isClear && times.Count == 0;
        while (!isSettled && reader.TryRead(out var line) && reader.Tail == 0)
        {
            if (reader.FirstLineNumber <= headerLines || !cells.TrySplit(line, out _) || cells.Count != width)
            {
                continue;
            }

            foreach (var (i, shape) in shapes)
            {
                if (!isClear)
                {
                    shape.Add(cells.Cell(line, fields[i]), reader.FirstLineNumber);
                    isClear = shape.IsClear;
                }
            }

            isSettled = isClear;
            foreach (var (i, search) in times)
            {
                search.Add(cells.Cell(line, fields[i]), reader.FirstLineNumber);
                isSettled &= search.IsSettled;
            }
        }

        foreach (var shape in shapes.Values)
        {
            decimals.Add(shape);
        }

        var sign = said.Decimal ?? decimals.Find();
        return
        [
            .. table.Columns.Select(
                (column, i) =>
                    times.TryGetValue(i, out var search)
                        ? new CellForm(column, sign, search.Find(), search.HasOffsets)
                        : new CellForm(column, sign, TimeNotation.Iso, HasOffsets: false)
            ),
        ];
    }

    private FileFormException Bad(LineReader reader, string what) => new($"{file.Name}, line {reader.LineNumber}: {what}.");
}
