using System.IO.Compression;
using System.Text.Json;
using Tradepost.Storage;

namespace Tradepost.Trading.Filing;

/// <summary>
/// A folder of compressed CSV files that only grow, and one that says how long they are. What a stopped process wrote beyond that is cut off when
/// the folder is opened, so that each record of the log is in the files once. Whoever opens it holds the log.
/// </summary>
internal sealed class QuoteFolder
{
    private const string Positions = "positions.json";
    private const string Pattern = "*.csv.gz";

    private readonly string folder;

    private QuoteFolder(string folder, FilePositions state) => (this.folder, State) = (folder, state);

    public FilePositions State { get; private set; }

    public IEnumerable<string> Files => State.Files.Keys;

    /// <summary>The folder beside the log.</summary>
    public static string Beside(string logFolder) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(logFolder))!, "files");

    /// <summary>Opens a folder and cuts its files to what is known of them; null when there is none.</summary>
    public static QuoteFolder? Find(string folder) => File.Exists(Path.Combine(folder, Positions)) ? Open(folder, 0) : null;

    /// <summary>Opens a folder, or begins one.</summary>
    /// <param name="first">Where a new one begins in the log.</param>
    /// <exception cref="InvalidDataException">There are files, and nothing that says how long they are.</exception>
    public static QuoteFolder Open(string folder, long first)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Positions);
        if (!File.Exists(path))
        {
            if (Directory.EnumerateFiles(folder, Pattern).FirstOrDefault() is { } orphan)
            {
                throw new InvalidDataException(
                    $"{folder} holds {Path.GetFileName(orphan)} and no {Positions}. Move the files elsewhere (`tradepost trading import` reads them), and start again."
                );
            }

            var begun = new QuoteFolder(folder, new FilePositions { Position = first });
            begun.Save(begun.State);
            return begun;
        }

        var state = JsonSerializer.Deserialize<FilePositions>(File.ReadAllText(path), JsonSerializerOptions.Web)
            ?? throw new InvalidDataException($"{path} is empty.");
        var opened = new QuoteFolder(
            folder,
            state with
            {
                Files = new SortedDictionary<string, long>(state.Files, StringComparer.Ordinal),
            }
        );
        opened.CutBack();
        return opened;
    }

    public string PathOf(string file) => Path.Combine(folder, file);

    /// <summary>Appends texts to files, each as a gzip member of its own, and then says so.</summary>
    public void Append(IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> texts, long position)
    {
        var files = new SortedDictionary<string, long>(State.Files, StringComparer.Ordinal);
        foreach (var (name, text) in texts)
        {
            using var file = new FileStream(PathOf(name), FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
            file.Position = files.GetValueOrDefault(name);
            using (var member = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
            {
                member.Write(text.Span);
            }

            file.SetLength(file.Position);
            file.Flush(flushToDisk: true);
            files[name] = file.Position;
        }

        Save(new FilePositions { Position = position, Files = files });
    }

    public void MoveTo(long position) => Save(State with { Position = position });

    /// <summary>Deletes a file whose rows are elsewhere.</summary>
    public void Delete(string name)
    {
        File.Delete(PathOf(name));
        Save(
            State with
            {
                Files = new SortedDictionary<string, long>(
                    State.Files.Where(file => file.Key != name).ToDictionary(),
                    StringComparer.Ordinal
                ),
            }
        );
    }

    /// <summary>Cuts files to the lengths that are known of them; what is not known was begun and never told of.</summary>
    public void CutBack()
    {
        foreach (var path in Directory.EnumerateFiles(folder, Pattern))
        {
            if (!State.Files.TryGetValue(Path.GetFileName(path), out var length))
            {
                File.Delete(path);
                continue;
            }

            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
            var there = RandomAccess.GetLength(file);
            if (there < length)
            {
                throw new InvalidDataException(
                    $"{path} has {there} bytes and had {length} when it was written last: somebody changed it. Move it elsewhere (`tradepost trading import` reads it), and start again."
                );
            }

            RandomAccess.SetLength(file, length);
        }

        // Files that somebody moved away, or that were deleted just before that could be told.
        if (State.Files.Keys.Any(name => !File.Exists(PathOf(name))))
        {
            Save(
                State with
                {
                    Files = new SortedDictionary<string, long>(
                        State.Files.Where(file => File.Exists(PathOf(file.Key))).ToDictionary(),
                        StringComparer.Ordinal
                    ),
                }
            );
        }
    }

    private void Save(FilePositions state)
    {
        SafeFile.Replace(Path.Combine(folder, Positions), file => JsonSerializer.Serialize(file, state, JsonSerializerOptions.Web));
        State = state;
    }
}
