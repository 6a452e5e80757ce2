using CsvHelper;

namespace Tradepost.Storage.Files;

/// <summary>
/// The rows of a file with a header line, one after another: of millions only one is held. Every row has as many cells as the header; what
/// has more, fewer, or quotes that do not match is refused with its line.
/// </summary>
public sealed class TableRows : IDisposable
{
    private const int LongestRow = 1 << 26;

    private readonly CsvReader reader;
    private readonly List<string> names;
    private long blank;

    private TableRows(TableSource source, TextEncoding encoding, Delimiter delimiter, CsvReader reader, List<string> names)
    {
        (Source, Encoding, Delimiter) = (source, encoding, delimiter);
        (this.reader, this.names) = (reader, names);
    }

    public TableSource Source { get; }

    public TextEncoding Encoding { get; }

    public Delimiter Delimiter { get; }

    public IReadOnlyList<string> Names => names;

    /// <summary>Where the row begins that was read last.</summary>
    public long Line => reader.LineNumber;

    public static TableRows Open(TableSource source, TableForm form)
    {
        var encoding = TextEncoding.Of(source, form);
        var delimiter = form.Delimiter ?? new DelimiterSearch(source, encoding, form).Find();
        var rows = Open(source, encoding, delimiter);
        try
        {
            rows.CheckHeader();
            return rows;
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file whose form is known; its header is not looked at.</summary>
    public static TableRows Open(TableSource source, TextEncoding encoding, Delimiter delimiter)
    {
        var opened = CsvReader.Create(
            source.Open(),
            CsvReaderOptions.Default with
            {
                Separator = delimiter.IsInFile ? null : delimiter.Sign,
                DetectSeparatorHint = delimiter.IsInFile,
                Encoding = encoding == TextEncoding.Utf8 ? null : encoding.Encoding,
                TrackLineNumbers = true,
                SkipEmptyLines = false,
                MalformedData = CsvMalformedDataHandling.Throw,
                MaxRecordSize = LongestRow,
            }
        );
        try
        {
            opened.ReadHeader();
            return new TableRows(source, encoding, delimiter, opened, [.. opened.Headers.ToArray().Select(name => name.Trim())]);
        }
        catch (CsvFormatException e)
        {
            opened.Dispose();
            throw Malformed(source, e);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>The same file from its first row on.</summary>
    public TableRows Again() => Open(Source, Encoding, Delimiter);

    public bool Read()
    {
        while (Next())
        {
            if (reader.FieldCount == 1 && names.Count > 1 && reader.RawRecord.IsEmpty)
            {
                blank = blank == 0 ? reader.LineNumber : blank; // at the end of a file blank lines mean nothing
                continue;
            }

            return blank > 0 ? throw Bad(blank, $"the line is blank; expected are {Cells(names.Count)}, as in the header")
                : reader.FieldCount != names.Count
                    ? throw Bad(
                        reader.LineNumber,
                        $"the row has {Cells(reader.FieldCount)}; expected {(names.Count == 1 ? "is one" : $"are {names.Count}")}, as in "
                            + "the header"
                    )
                : true;
        }

        return false;
    }

    /// <summary>What stands in a column of the row, in UTF-8 and without its quotes; valid until the next row.</summary>
    public ReadOnlySpan<byte> Cell(int column) => reader.GetSpan(column);

    /// <summary>Where a column is.</summary>
    public int Find(string name) => names.IndexOf(name) is >= 0 and var at ? at : throw Shown.NoColumn(Source.Name, name, names);

    public FileFormException Bad(long line, string what) => new($"{Source.Name}, line {line}: {what}.");

    public void Dispose() => reader.Dispose();

    private bool Next()
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException e)
        {
            throw Malformed(Source, e);
        }
    }

    private void CheckHeader()
    {
        if (names.Count == 0)
        {
            throw new FileFormException($"{Source.Name} is empty; expected is a header line and then rows.");
        }

        if (names.TrueForAll(name => name.Length == 0))
        {
            throw Bad(1, "the line is blank; expected is a header with the names of the columns");
        }

        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { Key: var twice })
        {
            throw Bad(1, twice.Length == 0 ? "two columns have no name" : $"two columns have the name {twice}");
        }
    }

    private static FileFormException Malformed(TableSource source, CsvFormatException e) =>
        new(
            $"{source.Name}, line {Math.Max(1, e.LineNumber)}: the quotes of the row do not match; a cell with quotes begins and ends "
                + "with one, and those inside are doubled."
        );

    private static string Cells(int count) => count == 1 ? "1 cell" : $"{count} cells";
}
