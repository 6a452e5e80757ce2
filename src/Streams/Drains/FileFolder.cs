using System.IO.Compression;
using System.Text.Json;
using Tradepost.Storage;

namespace Tradepost.Streams.Drains;

/// <summary>
/// A folder of compressed CSV files that only grow, and one that says how long they are. What a stopped process wrote beyond that is cut
/// off when the folder is opened, so that each record of the log is in the files once. Whoever opens it holds the log.
/// </summary>
public sealed class FileFolder
{
    private const string Positions = "positions.json";
    private const string Pattern = "*" + Ending;

    private readonly string command;

    private FileFolder(string folder, string command, FilePositions state) => (Path, this.command, State) = (folder, command, state);

    /// <summary>What the names of its files end with.</summary>
    public const string Ending = ".csv.gz";

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>What is known of the files.</summary>
    public FilePositions State { get; private set; }

    /// <summary>The names of the files.</summary>
    public IEnumerable<string> Files => State.Files.Keys;

    /// <summary>Opens a folder and cuts its files to what is known of them; null when there is none.</summary>
    public static FileFolder? Find(string folder, string command) =>
        File.Exists(System.IO.Path.Combine(folder, Positions)) ? Open(folder, 0, command) : null;

    /// <summary>Opens a folder, or begins one.</summary>
    /// <param name="first">Where a new one begins in the log.</param>
    /// <param name="command">What reads files that were moved elsewhere, for messages.</param>
    /// <exception cref="InvalidDataException">There are files, and nothing that says how long they are.</exception>
    public static FileFolder Open(string folder, long first, string command)
    {
        Directory.CreateDirectory(folder);
        var path = System.IO.Path.Combine(folder, Positions);
        if (!File.Exists(path))
        {
            if (Directory.EnumerateFiles(folder, Pattern).FirstOrDefault() is { } orphan)
            {
                throw new InvalidDataException(
                    $"{folder} holds {System.IO.Path.GetFileName(orphan)} and no {Positions}. Move the files elsewhere ({command} reads "
                        + "them), and start again."
                );
            }

            var begun = new FileFolder(folder, command, new FilePositions { Position = first });
            begun.Save(begun.State);
            return begun;
        }

        var state = JsonSerializer.Deserialize<FilePositions>(File.ReadAllText(path), JsonSerializerOptions.Web)
            ?? throw new InvalidDataException($"{path} is empty.");
        var opened = new FileFolder(
            folder,
            command,
            state with
            {
                Files = new SortedDictionary<string, long>(state.Files, StringComparer.Ordinal),
            }
        );
        opened.CutBack();
        return opened;
    }

    /// <summary>Where a file is.</summary>
    public string PathOf(string file) => System.IO.Path.Combine(Path, file);

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

    /// <summary>Says that everything before a position is dealt with.</summary>
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
        foreach (var path in Directory.EnumerateFiles(Path, Pattern))
        {
            if (!State.Files.TryGetValue(System.IO.Path.GetFileName(path), out var length))
            {
                File.Delete(path);
                continue;
            }

            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
            var there = RandomAccess.GetLength(file);
            if (there < length)
            {
                throw new InvalidDataException(
                    $"{path} has {there} bytes and had {length} when it was written last: somebody changed it. Move it elsewhere "
                        + $"({command} reads it), and start again."
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
        SafeFile.Replace(System.IO.Path.Combine(Path, Positions), file => JsonSerializer.Serialize(file, state, JsonSerializerOptions.Web));
        State = state;
    }
}
