using Tradepost.Serving.Commands.Output;

namespace Tradepost.App.Remote;

/// <summary>A stream whose bytes go to the other side as frames.</summary>
internal sealed class FrameOutput(FrameStream frames, FrameKind kind) : WriteOnlyStream
{
    private const int Most = 1 << 20;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var part = buffer[..Math.Min(buffer.Length, Most)];
            frames.Write(kind, part);
            buffer = buffer[part.Length..];
        }
    }
}
