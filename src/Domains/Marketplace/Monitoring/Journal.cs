using System.Text;
using System.Text.Json;
using Tradepost.Jobs;
using Tradepost.Storage.Files;

namespace Tradepost.Marketplace.Monitoring;

/// <summary>
/// The CSV file of one day of a source: a row for each product that was seen, its offers as JSON in the last cell. It is written first, down
/// to the disk request by request, and the store follows it; so it says what is done, whatever was killed when. While the day is not
/// complete its name ends in <c>.part</c>.
/// </summary>
internal sealed class Journal : IDisposable
{
    private static readonly string[] Before = ["request", "rows", "captured_at", "sku"];
    private static readonly string[] About = ["title", "brand", "category"];
    private const string OffersColumn = "offers";

    private readonly string path;
    private readonly string[] columns;
    private readonly FileStream file;
    private readonly Dictionary<string, int> done = new(StringComparer.Ordinal);

    private Journal(string path, string[] columns, FileStream file) => (this.path, this.columns, this.file) = (path, columns, file);

    /// <summary>The keys of requests that are answered, and how many products each brought.</summary>
    public IReadOnlyDictionary<string, int> Done => done;

    /// <summary>The columns of a source's journals.</summary>
    public static string[] ColumnsOf(WatchSource source) =>
        [
            .. Before,
            .. About.Where(name => source.Fields.Any(field => field.Name == name)),
            .. source.Fields.Select(field => field.Name).Where(name => name != "sku" && !About.Contains(name, StringComparer.Ordinal)),
            OffersColumn,
        ];

    /// <summary>Where the journal of a day is when the day is complete.</summary>
    public static string PathOf(string folder, string source, DateOnly day) => Path.Combine(folder, source, $"{day:yyyy-MM-dd}.csv");

    /// <summary>Where it is until then.</summary>
    public static string PartOf(string path) => path + ".part";

    /// <summary>Opens the journal of a day to go on with it; what an answer had not wholly brought is cut off.</summary>
    /// <exception cref="JobFailedException">It was begun with other fields.</exception>
    public static Journal Open(string path, WatchSource source)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var names = ColumnsOf(source);
        var opened = new FileStream(PartOf(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            var journal = new Journal(path, names, opened);
            journal.GoOn();
            return journal;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Adds what a request brought; it is on the disk when this returns.</summary>
    public void Add(Collected collected)
    {
        var text = new StringBuilder();
        var rows = Math.Max(1, collected.Seen.Count);
        for (var i = 0; i < rows; i++)
        {
            AppendRow(text, collected, rows, i < collected.Seen.Count ? collected.Seen[i] : null);
        }

        file.Write(Encoding.UTF8.GetBytes(text.ToString()));
        file.Flush(flushToDisk: true);
        done[collected.Key] = collected.Seen.Count;
    }

    /// <summary>Says that the day is complete.</summary>
    public void Complete()
    {
        file.Dispose();
        File.Move(PartOf(path), path);
    }

    public void Dispose() => file.Dispose();

    /// <summary>What a journal holds, request by request, from one on.</summary>
    /// <param name="path">The file, complete or not; it holds whole requests.</param>
    /// <param name="from">How many requests are passed over.</param>
    public static IEnumerable<Collected> Read(string path, long from)
    {
        using var rows = TableRows.Open(TableSource.OfFile(path), TableForm.Unsaid);
        var names = rows.Names;
        var (key, at, left, number) = ("", default(DateTime), 0, 0L);
        var seen = new List<CollectedProduct>();
        while (rows.Read())
        {
            if (left == 0)
            {
                key = Text(0);
                left = int.Parse(Text(1));
                at = DateTime.Parse(Text(2), null, System.Globalization.DateTimeStyles.RoundtripKind);
                seen = [];
            }

            if (Text(3) is { Length: > 0 } sku)
            {
                seen.Add(new CollectedProduct(sku, ValuesOf(), OffersOf(Text(names.Count - 1))));
            }

            if (--left == 0 && ++number > from)
            {
                yield return new Collected(key, at, seen);
            }
        }

        string Text(int column) => Encoding.UTF8.GetString(rows.Cell(column));

        Dictionary<string, string> ValuesOf()
        {
            var values = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var i = Before.Length; i < names.Count - 1; i++)
            {
                if (Text(i) is { Length: > 0 } value)
                {
                    values[names[i]] = value;
                }
            }

            return values;
        }
    }

    private static List<Dictionary<string, string>> OffersOf(string json) =>
        json.Length == 0 ? [] : JsonSerializer.Deserialize<List<Dictionary<string, string>>>(json)!;

    private void GoOn()
    {
        var header = string.Join(',', columns) + "\n";
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var end = Array.IndexOf(bytes, (byte)'\n') + 1;
        if (end == 0)
        {
            file.SetLength(0);
            file.Write(Encoding.UTF8.GetBytes(header));
            file.Flush(flushToDisk: true);
            return;
        }

        if (Encoding.UTF8.GetString(bytes, 0, end) != header)
        {
            throw new JobFailedException(
                $"{PartOf(path)} was begun with other fields than the source has now; finish the day with the fields it had, or remove the file to collect the day anew."
            );
        }

        var whole = end;
        var (key, rows, waiting) = ("", 0, 0);
        for (var next = Array.IndexOf(bytes, (byte)'\n', whole); next >= 0; next = Array.IndexOf(bytes, (byte)'\n', next + 1))
        {
            if (waiting == 0)
            {
                var line = Encoding.UTF8.GetString(bytes, whole, next - whole);
                key = Unquoted(line, out var after);
                var cells = after.Split(',', 4);
                waiting = int.Parse(cells[0]);
                rows = cells[2].Length == 0 ? 0 : waiting;
            }

            if (--waiting == 0)
            {
                done[key] = rows;
                whole = next + 1;
            }
        }

        file.SetLength(whole);
        file.Position = whole;
    }

    // The first cell of a line, and what comes behind its comma.
    private static string Unquoted(string line, out string after)
    {
        if (!line.StartsWith('"'))
        {
            var comma = line.IndexOf(',', StringComparison.Ordinal);
            after = line[(comma + 1)..];
            return line[..comma];
        }

        var end = 1;
        while (line[end] != '"' || (end + 1 < line.Length && line[end + 1] == '"'))
        {
            end += line[end] == '"' ? 2 : 1;
        }

        after = line[(end + 2)..];
        return line[1..end].Replace("\"\"", "\"", StringComparison.Ordinal);
    }

    private void AppendRow(StringBuilder text, Collected collected, int rows, CollectedProduct? seen)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            var cell = columns[i] switch
            {
                "request" => collected.Key,
                "rows" => rows.ToString(),
                "captured_at" => collected.At.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"),
                "sku" => seen?.Sku ?? "",
                OffersColumn => seen is { Offers.Count: > 0 } ? JsonSerializer.Serialize(seen.Offers) : "",
                var name => seen?.Values.GetValueOrDefault(name) ?? "",
            };
            text.Append(i == 0 ? "" : ",").Append(Quoted(cell));
        }

        text.Append('\n');
    }

    // A row is a line: what breaks lines becomes a space.
    private static string Quoted(string cell)
    {
        var line = string.Concat(cell.Select(c => char.IsControl(c) ? ' ' : c));
        return line.AsSpan().IndexOfAny('"', ',', ';') < 0 && line.Trim().Length == line.Length
            ? line
            : $"\"{line.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
