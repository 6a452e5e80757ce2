using System.Collections.Concurrent;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Tradepost.Storage;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Remote;

/// <summary>
/// Works on the commands of other processes while this one holds the embedded store, each as it would have worked there. It
/// listens on a socket file that only this user can open, and on nothing else.
/// </summary>
internal sealed partial class CommandServer : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<ServedCall, Task> calls = new();
    private readonly EmbeddedTarget store;
    private readonly TimeProvider time;
    private readonly IReadOnlyList<object> shared;
    private readonly ILogger logger;
    private readonly string path;
    private readonly Socket socket;
    private readonly Task accepting;

    private CommandServer(EmbeddedTarget store, TimeProvider time, IReadOnlyList<object> shared, ILogger logger)
    {
        (this.store, this.time, this.shared, this.logger) = (store, time, shared, logger);
        path = CommandSocket.PathOf(store);
        socket = CommandSocket.Listen(path);
        accepting = AcceptAsync();
    }

    /// <summary>Starts to listen; the caller holds the store. Null for a store that other processes reach by themselves.</summary>
    /// <param name="shared">What routes and commands share.</param>
    /// <exception cref="StoreUnavailableException">The socket file cannot be made.</exception>
    public static CommandServer? Start(Settings settings, TimeProvider time, IReadOnlyList<object> shared, ILogger logger)
    {
        if (settings.Store is not EmbeddedTarget store)
        {
            return null;
        }

        try
        {
            return new CommandServer(store, time, shared, logger);
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StoreUnavailableException(
                $"Commands cannot be let in at {CommandSocket.PathOf(store)} while the server runs: {e.Message} A shorter data folder "
                    + "(--data DIR) may help.",
                e
            );
        }
    }

    /// <summary>Lets nobody else in, stops what is being worked on, and waits until it has stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        File.Delete(path);
        await stop.CancelAsync();
        socket.Dispose();
        await accepting;
        await Task.WhenAll(calls.Values);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var call = new ServedCall(await socket.AcceptAsync(stop.Token), store, time, shared);
                var end = new TaskCompletionSource();
                calls[call] = end.Task;
                _ = Task.Run(() => WorkAsync(call, end), CancellationToken.None);
            }
            catch (Exception e)
                when (stop.IsCancellationRequested && e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task WorkAsync(ServedCall call, TaskCompletionSource end)
    {
        await using (call)
        {
            try
            {
                await call.WorkAsync(stop.Token);
            }
#pragma warning disable CA1031 // One command that goes wrong in an unforeseen way must not end the server.
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogBroken(e);
            }
        }

        calls.TryRemove(call, out _);
        end.SetResult();
    }

    [LoggerMessage(LogLevel.Warning, "A command of another process ended unexpectedly")]
    private partial void LogBroken(Exception e);
}
