using Tradepost.Serving.Commands.Output;

namespace Tradepost.App.Learning;

/// <summary>A stream that takes nothing more once a token is cancelled, so that whatever writes to it ends.</summary>
internal sealed class StoppableStream(Stream inner, CancellationToken cancellationToken) : WriteOnlyStream
{
    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        cancellationToken.ThrowIfCancellationRequested();
        inner.Write(buffer);
    }

    public override void Flush() => inner.Flush();
}
