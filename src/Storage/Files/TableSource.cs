using System.Text;

namespace Tradepost.Storage.Files;

/// <summary>Bytes that can be read as often as wanted: a file, or a text that is at hand.</summary>
public sealed class TableSource
{
    private const int BufferSize = 1 << 16;
    private const int Small = 1 << 20;

    private readonly byte[]? bytes;
    private readonly Func<Stream>? open;

    private TableSource(string name, byte[]? bytes) => (Name, this.bytes) = (name, bytes);

    private TableSource(string name, Func<Stream> open) => (Name, this.open) = (name, open);

    /// <summary>What messages call it.</summary>
    public string Name { get; }

    /// <summary>How many bytes there are.</summary>
    public long Length => bytes?.Length ?? (open is null ? new FileInfo(Name).Length : long.MaxValue);

    public static TableSource OfFile(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileFormException($"There is no file {path}.");
        }

        using var stream = File.OpenRead(path);
        if (stream.CanSeek && stream.Length > Small)
        {
            return new TableSource(path, bytes: null);
        }

        // A pipe gives its bytes but once, and a small file is read but once.
        using var kept = new MemoryStream();
        stream.CopyTo(kept);
        return new TableSource(path, kept.ToArray());
    }

    /// <summary>Bytes that somebody else opens.</summary>
    internal static TableSource Of(string name, Func<Stream> open) => new(name, open);

    /// <summary>A text that came over HTTP.</summary>
    public static TableSource OfText(string name, string text)
    {
        try
        {
            return new TableSource(name, new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(text));
        }
        catch (EncoderFallbackException e)
        {
            throw new FileFormException($"{name} has half a character at position {e.Index + 1}.");
        }
    }

    public Stream Open() =>
        open is not null ? open()
        : bytes is null ? new FileStream(Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, BufferSize)
        : new MemoryStream(bytes);
}
