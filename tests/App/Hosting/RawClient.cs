using System.Globalization;
using System.Net.Sockets;

namespace Tradepost.App.Tests.Hosting;

/// <summary>Sends bytes as they are, which no decent client does, and reads the status that comes back.</summary>
internal static class RawClient
{
    /// <summary>The status; 0 when the server hung up without one.</summary>
    public static async Task<int> SendAsync(Uri address, byte[] request, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port, cancellationToken);
        var buffer = new byte[64];
        var length = 0;
        try
        {
            await socket.SendAsync(request, cancellationToken);
            while (length < 12 && await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var got)
            {
                length += got;
            }

            await DrainAsync(socket, cancellationToken);
        }
        catch (SocketException)
        {
            // Refused half way, as a body that is too large is; what was answered before counts.
        }

        return
            length >= 12
            && int.TryParse(
                System.Text.Encoding.ASCII.GetString(buffer, 9, 3),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var status
            )
            ? status
            : 0;
    }

    // Every request asks for the connection to be closed: the answer is whole when it is.
    private static async Task DrainAsync(Socket socket, CancellationToken cancellationToken)
    {
        var rest = new byte[16 * 1024];
        while (await socket.ReceiveAsync(rest.AsMemory(), cancellationToken) > 0) { }
    }
}
