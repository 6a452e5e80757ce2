using System.Net.Sockets;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Remote;

/// <summary>The socket file beside an embedded store, through which commands reach the server that holds the store.</summary>
internal static class CommandSocket
{
    /// <summary><c>data/tradepost.sock</c> for <c>data/tradepost.duckdb</c>.</summary>
    public static string PathOf(EmbeddedTarget store) => Path.ChangeExtension(Path.GetFullPath(store.Path), ".sock");

    /// <summary>
    /// Listens in the place of whatever lies there. Only who holds the store may call this: then the file can only be the
    /// ghost of a server that is gone.
    /// </summary>
    public static Socket Listen(string path)
    {
        // Made where nobody else can look, so that there is no moment in which others could connect.
        var folder = CreatePrivateFolder($"{path}.{Environment.ProcessId}");
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            var made = Path.Combine(folder.FullName, "s");
            socket.Bind(new UnixDomainSocketEndPoint(made));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(made, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            socket.Listen(backlog: 64);
            File.Move(made, path, overwrite: true);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A connection to the server; null when there is none. The ghost of one that was killed is removed.</summary>
    public static async Task<Socket?> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            if (e.SocketErrorCode == SocketError.ConnectionRefused)
            {
                File.Delete(path);
            }

            return null;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static DirectoryInfo CreatePrivateFolder(string path) =>
        OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path)
            : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}
