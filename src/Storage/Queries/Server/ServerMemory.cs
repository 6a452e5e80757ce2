using System.Collections.Concurrent;
using System.Net;
using Npgsql;

namespace Tradepost.Storage.Queries.Server;

/// <summary>
/// The memory of PostgreSQL's processes that run our queries, where the server is on this machine; elsewhere it can only be limited by the
/// server itself.
/// </summary>
internal sealed class ServerMemory
{
    private readonly ConcurrentDictionary<int, byte> processes = new();

    public ServerMemory() => Guard = new MemoryGuard(() => processes.Keys.Sum(process => ProcessMemory.Of(process) ?? 0));

    public MemoryGuard Guard { get; }

    public IDisposable Watch(NpgsqlConnection connection)
    {
        var process = connection.ProcessID;
        if (IsHere(connection.Host))
        {
            processes.TryAdd(process, 0);
        }

        return new Watching(() => processes.TryRemove(process, out _));
    }

    private static bool IsHere(string? host) =>
        host is null or "localhost" || host.StartsWith('/') || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private sealed class Watching(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
