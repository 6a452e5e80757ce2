using System.Threading.Channels;

namespace Tradepost.App.Remote;

/// <summary>Standard input of the other side: asked for when it is first read, so that nobody waits for input that is not wanted.</summary>
internal sealed class FrameInput(FrameStream frames) : Stream
{
    private readonly Channel<byte[]> arrived = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private ReadOnlyMemory<byte> current;
    private bool isAsked;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Takes what has come; nothing means that there is no more.</summary>
    public void Add(byte[] content)
    {
        if (content.Length == 0)
        {
            arrived.Writer.TryComplete();
        }
        else
        {
            arrived.Writer.TryWrite(content);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!isAsked)
        {
            isAsked = true;
            frames.Write(FrameKind.InputWanted, []);
        }

        while (current.IsEmpty)
        {
            if (!await arrived.Reader.WaitToReadAsync(cancellationToken))
            {
                return 0;
            }

            current = arrived.Reader.TryRead(out var content) ? content : default;
        }

        var length = Math.Min(current.Length, buffer.Length);
        current[..length].CopyTo(buffer);
        current = current[length..];
        return length;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
