using System.Buffers;
using System.Text;
using Tradepost.Storage;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Streams.Drains;

/// <summary>Compressed CSV files, each record once, parted as the tables say. A file begins with the names of the columns.</summary>
/// <param name="folder">Where they are.</param>
public sealed class FileSink(FileFolder folder, DurableLog log) : LogSink(log)
{
    private static readonly SearchValues<char> NotInFiles = SearchValues.Create("%/\\:*?<>|");

    private readonly Dictionary<(string Table, string Parts, long Day), (string Name, CsvLines Lines)> files = [];

    /// <inheritdoc/>
    public override string Name => "files";

    /// <inheritdoc/>
    public override int Enough => 150_000;

    /// <inheritdoc/>
    public override string Back => "The files are written again.";

    /// <summary>A log that was deleted by hand begins at 0 again.</summary>
    public override long Begin => folder.State.Position is var known && known >= Log.First && known <= Log.Next ? known : Log.First;

    /// <inheritdoc/>
    public override bool IsAway(Exception failure) => failure is IOException or UnauthorizedAccessException;

    /// <inheritdoc/>
    public override string Away(string problem) =>
        $"The files of {folder.Path} cannot be written ({problem}); what comes stays in the log until they can.";

    /// <inheritdoc/>
    public override Task<long> OpenAsync(CancellationToken cancellationToken)
    {
        files.Clear();
        return Task.FromResult(Begin);
    }

    /// <inheritdoc/>
    public override Task WriteAsync(LogRows rows, long next, CancellationToken cancellationToken)
    {
        foreach (var table in rows.Tables)
        {
            foreach (var (batch, row, _) in table.Each)
            {
                LinesOf(table.Table, batch, row).Add(batch, row, table.Table.StoredColumns);
            }
        }

        folder.Append(
            files.Values.Where(file => file.Lines.Length > 0).Select(file => KeyValuePair.Create(file.Name, file.Lines.Written)),
            next
        );

        // Days of the past are not written to again.
        foreach (var (key, (_, lines)) in files.ToList())
        {
            if (lines.Length == 0)
            {
                files.Remove(key);
            }

            lines.Clear();
        }

        return Task.CompletedTask;
    }

    private CsvLines LinesOf(LogTable table, RowBatch batch, int row)
    {
        var layout = table.Files;
        var day = batch[layout.TimeColumn].Values<long>()[row] / Moment.Day;
        string[] parts = [.. layout.PartColumns.Select(column => RowText.Text(batch[column], row))];
        var key = (table.Name, string.Join('\0', parts), day);
        if (!files.TryGetValue(key, out var file))
        {
            var name = layout.Name([.. parts.Select(Escaped)], DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(day)));
            file = files[key] = (name + FileFolder.Ending, new CsvLines());
        }

        if (file.Lines.Length == 0 && !folder.State.Files.ContainsKey(file.Name))
        {
            file.Lines.Header(table.Stored.Select(column => column.Name));
        }

        return file.Lines;
    }

    /// <summary>A name as part of a file's: what would be a folder, or is not allowed everywhere, is written as in addresses.</summary>
    private static string Escaped(string name) =>
        name.AsSpan().ContainsAny(NotInFiles)
            ? string.Concat(name.Select(letter => NotInFiles.Contains(letter) ? Uri.HexEscape(letter) : letter.ToString()))
            : name;

    private sealed class CsvLines
    {
        private static readonly SearchValues<byte> Quoted = SearchValues.Create(",\"\r\n"u8);

        private readonly ArrayBufferWriter<byte> content = new();

        public int Length => content.WrittenCount;

        public ReadOnlyMemory<byte> Written => content.WrittenMemory;

        public void Clear() => content.ResetWrittenCount();

        public void Header(IEnumerable<string> names) => content.Write(Encoding.UTF8.GetBytes(string.Join(',', names) + "\n"));

        public void Add(RowBatch batch, int row, int columns)
        {
            for (var i = 0; i < columns; i++)
            {
                if (i > 0)
                {
                    content.Write(","u8);
                }

                if (!batch[i].IsNull(row))
                {
                    Add(batch[i], row);
                }
            }

            content.Write("\n"u8);
        }

        private void Add(ColumnBuffer column, int row)
        {
            switch (column.Column.Type)
            {
                case ColumnType.Text when column.AsText()[row].ContainsAny(Quoted):
                    var quoted = $"\"{RowText.Text(column, row).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
                    content.Write(Encoding.UTF8.GetBytes(quoted));
                    break;
                case ColumnType.Text:
                    content.Write(column.AsText()[row]);
                    break;
                case ColumnType.Boolean:
                    content.Write(column.Values<bool>()[row] ? "true"u8 : "false"u8);
                    break;
                default:
                    Span<char> text = stackalloc char[RowText.LongestNumber];
                    var length = RowText.Format(column, row, text);
                    content.Advance(Encoding.ASCII.GetBytes(text[..length], content.GetSpan(length)));
                    break;
            }
        }
    }
}
