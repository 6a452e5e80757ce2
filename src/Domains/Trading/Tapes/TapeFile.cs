using System.Buffers.Binary;
using System.IO.Compression;

namespace Tradepost.Trading.Tapes;

/// <summary>A CSV file, compressed or not, or one of the files in a zip.</summary>
/// <param name="Path">The file on disk.</param>
/// <param name="Entry">The file's name in a zip; null where it is none.</param>
internal sealed record TapeFile(string Path, string? Entry = null)
{
    private const int BufferSize = 1 << 18;

    /// <summary>For messages and tables.</summary>
    public string Name => Entry is null ? System.IO.Path.GetFileName(Path) : $"{System.IO.Path.GetFileName(Path)}/{Entry}";

    /// <summary>The files that a path is, or holds.</summary>
    /// <exception cref="InvalidDataException">It is a broken zip.</exception>
    public static IReadOnlyList<TapeFile> In(string path)
    {
        if (!path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            return [new TapeFile(path)];
        }

        using var zip = ZipFile.OpenRead(path);
        return [.. zip.Entries.Where(entry => entry.Name.Length > 0).Select(entry => new TapeFile(path, entry.FullName))];
    }

    /// <summary>The lines of it.</summary>
    public LineReader Read() => new(Open(), IsWhole);

    /// <summary>The text of it, decompressed.</summary>
    private Stream Open()
    {
        if (Entry is not null)
        {
            return ExpandedStream.OfEntry(Path, Entry);
        }

        var file = new FileStream(
            Path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete,
            BufferSize,
            FileOptions.SequentialScan
        );
        return IsGzip(file) ? new ExpandedStream(new GZipStream(file, CompressionMode.Decompress), file.Length) : file;
    }

    /// <summary>
    /// Whether a text of this length may end in the middle of a line: the runtime gives what there is of a compressed file that was cut off, and
    /// does not tell. A whole one ends in the length of its text.
    /// </summary>
    private bool IsWhole(long length)
    {
        if (Entry is not null)
        {
            return true;
        }

        using var file = File.OpenRead(Path);
        if (!IsGzip(file))
        {
            return true;
        }

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
