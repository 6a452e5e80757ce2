using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Tradepost.Storage.Files;

/// <summary>A CSV file, compressed or not, or one of the files in a zip.</summary>
/// <param name="Path">The file on disk.</param>
/// <param name="Entry">The file's name in a zip; null where it is none.</param>
public sealed record DataFile(string Path, string? Entry = null)
{
    private const int BufferSize = 1 << 18;

    /// <summary>For messages and tables.</summary>
    public string Name => Entry is null ? System.IO.Path.GetFileName(Path) : $"{System.IO.Path.GetFileName(Path)}/{Entry}";

    /// <summary>The files that a path is, or holds.</summary>
    /// <exception cref="InvalidDataException">It is a broken zip.</exception>
    public static IReadOnlyList<DataFile> In(string path)
    {
        if (!path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            return [new DataFile(path)];
        }

        using var zip = ZipFile.OpenRead(path);
        return [.. zip.Entries.Where(entry => entry.Name.Length > 0).Select(entry => new DataFile(path, entry.FullName))];
    }

    /// <summary>The files that a path is, or holds, where it may be a folder of files and zips: all below it, in the order of their names.</summary>
    /// <exception cref="InvalidDataException">One is a broken zip.</exception>
    public static IReadOnlyList<DataFile> Below(string path) =>
        Directory.Exists(path)
            ?
            [
                .. Directory
                    .EnumerateFiles(path, "*", SearchOption.AllDirectories)
                    .Where(file => Endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
                    .Order(StringComparer.Ordinal)
                    .SelectMany(In),
            ]
            : In(path);

    private static readonly string[] Endings = [".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".txt.gz", ".zip"];

    /// <summary>What it holds, for messages.</summary>
    public string Kind { get; init; } = "rows";

    /// <summary>What its text is in; null for UTF-8.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>The lines of it, in UTF-8.</summary>
    /// <param name="isOpen">Whether a text goes on behind its line end, as one in quotes does.</param>
    public LineReader Read(LineReader.IsOpen? isOpen = null)
    {
        var bytes = Open();
        return new LineReader(
            Encoding is null ? bytes : Encoding.CreateTranscodingStream(bytes, Encoding, System.Text.Encoding.UTF8),
            () => IsWhole(bytes),
            isOpen
        );
    }

    /// <summary>The bytes of its text, decompressed.</summary>
    public Stream Open()
    {
        if (Entry is not null)
        {
            return ExpandedStream.OfEntry(Path, Entry, Kind);
        }

        var file = new FileStream(
            Path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete,
            BufferSize,
            FileOptions.SequentialScan
        );
        return IsGzip(file) ? new ExpandedStream(new GZipStream(file, CompressionMode.Decompress), file.Length, Kind) : file;
    }

    /// <summary>
    /// Whether a text that was read to its end may end in the middle of a line: the runtime gives what there is of a compressed file that
    /// was cut off, and does not tell. A whole one ends in the length of its text.
    /// </summary>
    private bool IsWhole(Stream bytes)
    {
        if (Entry is not null || bytes is not ExpandedStream { Expanded: var length })
        {
            return true;
        }

        using var file = File.OpenRead(Path);
        Span<byte> end = stackalloc byte[sizeof(uint)];
        file.Position = Math.Max(0, file.Length - end.Length);
        return file.ReadAtLeast(end, end.Length, throwOnEndOfStream: false) == end.Length
            && BinaryPrimitives.ReadUInt32LittleEndian(end) == unchecked((uint)length);
    }

    /// <summary>The content tells, not the name: downloaded files often carry the wrong one.</summary>
    private static bool IsGzip(FileStream file)
    {
        Span<byte> magic = stackalloc byte[2];
        var isGzip =
            file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length
            && magic.SequenceEqual((ReadOnlySpan<byte>)[0x1F, 0x8B]);
        file.Position = 0;
        return isGzip;
    }
}
