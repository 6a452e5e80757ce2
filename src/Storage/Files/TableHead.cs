namespace Tradepost.Storage.Files;

/// <summary>What a CSV file shows before anybody knows what its columns mean: encoding, delimiter, and its first records.</summary>
/// <param name="File">The file, to be read in its encoding.</param>
/// <param name="Encoding">Of its text.</param>
/// <param name="Delimiter">Between its cells.</param>
/// <param name="LinesBefore">Lines before the first record.</param>
/// <param name="LinesOfFirst">Lines up to the end of the first record.</param>
/// <param name="First">The first record as it stands: the header, or a row of a file without one.</param>
/// <param name="Records">The cells of the first records, that one included; those with another number of cells left out.</param>
public sealed record TableHead(
    DataFile File,
    TextEncoding Encoding,
    Delimiter Delimiter,
    int LinesBefore,
    int LinesOfFirst,
    byte[] First,
    IReadOnlyList<IReadOnlyList<string>> Records
)
{
    private const string SeparatorHint = "sep=";
    private const int MostRecords = 200;

    private static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];

    /// <summary>A line without the mark of UTF-8 that the first one of a file may have.</summary>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> line) => line.StartsWith(Mark) ? line[Mark.Length..] : line;

    /// <summary>Reads the head of a file; all of its bytes are of the encoding that is found.</summary>
    /// <param name="file">The file.</param>
    /// <param name="said">What the user says.</param>
    /// <param name="known">How many of a record's cells are names of columns that are known: the right delimiter gives most.</param>
    /// <param name="mostLinesBefore">
    /// How many lines may stand before the header, such as a report's title: the header is the line with most names that are known.
    /// </param>
    /// <exception cref="FileFormException">It is empty, or cannot be read.</exception>
    public static TableHead Read(DataFile file, TableForm said, Func<IReadOnlyList<string>, int> known, int mostLinesBefore = 0)
    {
        var encoding = TextEncoding.Of(TableSource.Of(file.Name, file.Open), said);
        var text = file with { Encoding = encoding == TextEncoding.Utf8 ? null : encoding.Encoding };
        var hinted = HintOf(text);
        var before = hinted is null ? 0 : 1;
        IReadOnlyList<Delimiter> candidates = (said.Delimiter ?? hinted) is { } sign ? [sign] : Delimiter.All;
        var heads = Enumerable
            .Range(before, mostLinesBefore + 1)
            .SelectMany(lines => candidates.Select(one => Read(text, encoding, one, lines)))
            .OfType<TableHead>()
            .ToList();
        return heads.Count == 0
            ? throw new FileFormException(
                $"{file.Name} is empty, or the quotes of its first line do not match; expected is a header line and then rows."
            )
            : heads.MaxBy(head => (known(head.Records[0]), Regularity(head)))!; // there is one
    }

    /// <summary>A delimiter that the rows do not have, or not all alike, is none.</summary>
    private static int Regularity(TableHead head) => head.Records[0].Count == 1 ? 0 : head.Records.Count * head.Records[0].Count;

    private static Delimiter? HintOf(DataFile text)
    {
        using var reader = text.Read();
        return
            reader.TryRead(out var line)
            && System.Text.Encoding.UTF8.GetString(WithoutMark(line)) is { Length: > 4 and < 7 } hint
            && hint.StartsWith(SeparatorHint, StringComparison.OrdinalIgnoreCase)
            ? Delimiter.Find(hint[SeparatorHint.Length..].TrimEnd(',', ' '))
            : null;
    }

    private static TableHead? Read(DataFile text, TextEncoding encoding, Delimiter delimiter, int before)
    {
        var cells = new RecordCells((byte)delimiter.Sign);
        using var reader = text.Read(cells.IsOpen);
        for (var i = 0; i < before; i++)
        {
            reader.TryRead(out _);
        }

        if (!reader.TryRead(out var line))
        {
            return null;
        }

        var first = WithoutMark(line).ToArray();
        if (first.Length == 0 || !cells.TrySplit(first, out _))
        {
            return null;
        }

        var lines = (int)reader.LineNumber;
        var width = cells.Count;
        var records = new List<IReadOnlyList<string>> { Texts(first, cells) };
        while (records.Count <= MostRecords && reader.TryRead(out line))
        {
            if (cells.TrySplit(line, out _) && cells.Count == width)
            {
                records.Add(Texts(line, cells));
            }
        }

        return new TableHead(text, encoding, delimiter, before, lines, first, records);
    }

    private static List<string> Texts(ReadOnlySpan<byte> record, RecordCells cells)
    {
        var texts = new List<string>(cells.Count);
        for (var i = 0; i < cells.Count; i++)
        {
            texts.Add(System.Text.Encoding.UTF8.GetString(cells.Cell(record, i)).Trim());
        }

        return texts;
    }
}
