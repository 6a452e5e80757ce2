using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tradepost.Serving.Errors;

namespace Tradepost.App.Listening;

/// <summary>Gives what the server refuses before the application sees it (400, 408, 414, 431, 505) the one shape of errors.</summary>
internal static class Refusals
{
    private const string NoBody = "\r\nContent-Length: 0\r\n";
    private const string End = "\r\n\r\n";
    private const string OwnHeader = "\r\nX-Request-Id:";

    /// <summary>Above the encryption of a listener: what passes here can be read.</summary>
    public static void Use(ListenOptions options, TimeProvider time) =>
        options.Use(next =>
            async connection =>
            {
                var transport = connection.Transport;
                connection.Transport = new Shaped(
                    transport.Input,
                    new RefusalWriter(transport.Output, head => Replace(head, connection, time))
                );
                try
                {
                    await next(connection);
                }
                finally
                {
                    connection.Transport = transport;
                }
            }
        );

    private static byte[]? Replace(ReadOnlySpan<byte> bytes, ConnectionContext connection, TimeProvider time)
    {
        var head = Encoding.Latin1.GetString(bytes);
        if (
            head.IndexOf(End, StringComparison.Ordinal) != head.Length - End.Length
            || !head.Contains(NoBody, StringComparison.OrdinalIgnoreCase)
            || head.Contains(OwnHeader, StringComparison.OrdinalIgnoreCase)
        )
        {
            return null;
        }

        var status = int.Parse(head.AsSpan("HTTP/1.1 ".Length, 3), NumberStyles.None, CultureInfo.InvariantCulture);
        var body = ErrorBody.Write(Problems.OfServer(status), time);
        var headers =
            $"\r\nContent-Type: {ErrorBody.MediaType}\r\nContent-Length: {body.Length}{OwnHeader} "
            + $"{connection.ConnectionId}\r\n{SecurityHeaders.Text}";
        return [.. Encoding.Latin1.GetBytes(head.Replace(NoBody, headers, StringComparison.OrdinalIgnoreCase)), .. body];
    }

    private sealed class Shaped(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
