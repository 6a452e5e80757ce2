using System.Collections.Concurrent;
using Tradepost.DuckDb.Bindings;

namespace Tradepost.DuckDb.Execution;

/// <summary>
/// One native database per file in this process. Two would not see each other and could destroy the file, because the
/// operating system's lock does not hold a process off from itself.
/// </summary>
internal static class DatabaseCache
{
    private static readonly ConcurrentDictionary<string, SharedDatabase> databases = new(StringComparer.Ordinal);

    /// <summary>Connects, opening the database if this is its first connection; the last one to disconnect closes it.</summary>
    public static ConnectionHandle Connect(DuckDbConnectionStringBuilder settings)
    {
        if (settings.IsPrivate)
            return new SharedDatabase(settings, static () => { }).TryConnect(settings)!;
        var key = settings.DatabaseKey;
        while (true)
        {
            var shared = databases.GetOrAdd(key, static (key, settings) => new SharedDatabase(settings, () => databases.TryRemove(key, out _)), settings);
            if (shared.TryConnect(settings) is { } connection)
                return connection;
        }
    }
}
