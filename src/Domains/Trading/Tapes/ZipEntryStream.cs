using System.IO.Compression;

namespace Tradepost.Trading.Tapes;

/// <summary>A file in a zip, decompressed; it owns the zip. A compressed CSV inside is decompressed too.</summary>
internal sealed class ZipEntryStream : Stream
{
    private readonly ZipArchive zip;
    private readonly Stream content;

    public ZipEntryStream(string path, string entry)
    {
        zip = ZipFile.OpenRead(path);
        try
        {
            var found = zip.GetEntry(entry) ?? throw new FileNotFoundException($"There is no {entry} in {path} any more.");
            var stream = found.Open();
            content = new ExpandedStream(
                entry.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionMode.Decompress) : stream,
                found.CompressedLength
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

    public override int Read(Span<byte> buffer) => content.Read(buffer);

    public override int Read(byte[] buffer, int offset, int count) => content.Read(buffer, offset, count);

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
            zip.Dispose();
        }

        base.Dispose(disposing);
    }
}
