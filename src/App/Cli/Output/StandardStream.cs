namespace Tradepost.App.Cli.Output;

/// <summary>Standard output or error: what the system says when it is full or closed is told apart from what it says of files.</summary>
/// <param name="isResults">Whether it is standard output. Standard error is the last place: when it takes nothing, nobody can be told.</param>
internal sealed class StandardStream(Stream inner, bool isResults) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (isResults)
            {
                throw new OutputException("Standard output", e) { IsStandardOutput = true };
            }
        }
    }

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
