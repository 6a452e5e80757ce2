using System.Buffers.Binary;
using System.Net.Sockets;

namespace Tradepost.App.Remote;

/// <summary>Frames over a socket: a kind, a length, that many bytes. Writing is safe from several threads.</summary>
internal sealed class FrameStream(Socket socket) : IAsyncDisposable
{
    private const int Header = 5;
    private const int Longest = 1 << 22;

    private readonly NetworkStream stream = new(socket, ownsSocket: true);
    private readonly Lock writing = new();

    public void Write(FrameKind kind, ReadOnlySpan<byte> content)
    {
        Span<byte> header = stackalloc byte[Header];
        header[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(header[1..], content.Length);
        lock (writing)
        {
            stream.Write(header);
            stream.Write(content);
        }
    }

    /// <summary>The next frame; null where the other side has gone.</summary>
    public async Task<(FrameKind Kind, byte[] Content)?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var header = new byte[Header];
            await stream.ReadExactlyAsync(header, cancellationToken);
            var length = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(1));
            if (length is < 0 or > Longest)
            {
                return null;
            }

            var content = new byte[length];
            await stream.ReadExactlyAsync(content, cancellationToken);
            return ((FrameKind)header[0], content);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return null;
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}

/// <summary>What goes over the socket between a command and the server that works on it.</summary>
internal enum FrameKind : byte
{
    /// <summary>From the command, first: a <see cref="RemoteCall"/> as JSON.</summary>
    Call = 1,

    /// <summary>From the command: bytes of its standard input; none at its end.</summary>
    Input = 2,

    /// <summary>From the command: stop.</summary>
    Cancel = 3,

    /// <summary>From the server: bytes for standard output.</summary>
    Results = 11,

    /// <summary>From the server: bytes for standard error.</summary>
    Messages = 12,

    /// <summary>From the server: standard input is wanted.</summary>
    InputWanted = 13,

    /// <summary>From the server, last: the exit code, four bytes.</summary>
    Exit = 14,

    /// <summary>From the server, instead of all else: a sentence that says why it does not work on the call.</summary>
    Refused = 15,
}
