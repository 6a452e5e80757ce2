using System.IO.Compression;

namespace Tradepost.Storage.Files;

/// <summary>
/// What comes out of a compressed file, up to what a file of its size can honestly hold: data become twenty times larger, a bomb a thousand
/// times.
/// </summary>
/// <param name="content">The decompressed bytes; disposed with this.</param>
/// <param name="compressed">How many there are compressed.</param>
/// <param name="kind">What the file holds, for messages.</param>
/// <param name="owner">What holds the compressed file, if anything; disposed after it.</param>
public sealed class ExpandedStream(Stream content, long compressed, string kind, IDisposable? owner = null) : Stream
{
    private const int MostTimes = 250;
    private const long Always = 64L << 20; // little enough to read whatever it is

    private readonly long most = Math.Max(Always, compressed * MostTimes);
    private long read;

    /// <summary>How many bytes came out of it.</summary>
    public long Expanded => read;

    /// <summary>A file in a zip, decompressed; it owns the zip. A compressed CSV inside is decompressed too.</summary>
    public static ExpandedStream OfEntry(string path, string entry, string kind)
    {
        var zip = ZipFile.OpenRead(path);
        try
        {
            var found = zip.GetEntry(entry) ?? throw new FileNotFoundException($"There is no {entry} in {path} any more.");
            return new ExpandedStream(
                entry.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
                    ? new GZipStream(found.Open(), CompressionMode.Decompress)
                    : found.Open(),
                found.CompressedLength,
                kind,
                zip
            );
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    // No InvalidDataException, by which a file that was cut off is known.
    public override int Read(Span<byte> buffer)
    {
        var count = content.Read(buffer);
        read += count;
        return read <= most
            ? count
            : throw new IOException(
                $"It expands from {compressed} bytes to more than {most}, over {MostTimes} times as many; files of {kind} do not."
            );
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
            owner?.Dispose();
        }

        base.Dispose(disposing);
    }
}
