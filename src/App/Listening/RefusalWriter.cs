using System.Buffers;
using System.IO.Pipelines;

namespace Tradepost.App.Listening;

/// <summary>
/// Passes a connection's answers on, and gives the server's own refusals the body that it leaves empty. They never reach the
/// application: a request line, headers or a host that cannot be read, or that took too long. Only what begins as an error does
/// is looked at, and only the head of an answer without a body and without our headers is changed.
/// </summary>
/// <param name="replace">The answer in the place of such a head; null to leave it as it is.</param>
internal sealed class RefusalWriter(PipeWriter inner, Func<ReadOnlySpan<byte>, byte[]?> replace) : PipeWriter
{
    private const int Scratch = 4096;

    private ArrayBufferWriter<byte>? held;
    private Memory<byte> given;
    private bool isBegun;

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes + (held?.WrittenCount ?? 0);

    public override Memory<byte> GetMemory(int sizeHint = 0) =>
        given = held is null ? inner.GetMemory(sizeHint) : new byte[Math.Max(sizeHint, Scratch)];

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    // The server goes on in the memory that it has after it advanced, without asking for more.
    public override void Advance(int bytes)
    {
        var written = given[..bytes];
        given = given[bytes..];
        if (held is not null)
        {
            held.Write(written.Span);
        }
        else if (!isBegun && BeginsAsError(written.Span))
        {
            (isBegun, held) = (true, new ArrayBufferWriter<byte>());
            held.Write(written.Span);
        }
        else
        {
            isBegun |= bytes > 0;
            inner.Advance(bytes);
        }
    }

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        if (held is not null || (!isBegun && BeginsAsError(source.Span)))
        {
            return base.WriteAsync(source, cancellationToken);
        }

        isBegun = false;
        return inner.WriteAsync(source, cancellationToken);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        Release();
        return inner.FlushAsync(cancellationToken);
    }

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null)
    {
        Release();
        inner.Complete(exception);
    }

    public override ValueTask CompleteAsync(Exception? exception = null)
    {
        Release();
        return inner.CompleteAsync(exception);
    }

    private static bool BeginsAsError(ReadOnlySpan<byte> bytes) => bytes.StartsWith("HTTP/1.1 4"u8) || bytes.StartsWith("HTTP/1.1 5"u8);

    private void Release()
    {
        isBegun = false;
        if (held is { } head)
        {
            held = null;
            inner.Write(replace(head.WrittenSpan) is { } other ? other : head.WrittenSpan);
        }
    }
}
