using Xunit;

namespace Tradepost.Tests.Support;

/// <summary>The shared servers, for tests that cannot do without one: skipped where it is not installed, failed in CI.</summary>
public static class Servers
{
    public static Task<PostgresServer> RequirePostgresAsync() => RequireAsync(PostgresServer.StartAsync);

    /// <summary>An instance of PostgreSQL 18, which its user stops.</summary>
    public static Task<PostgresServer> RequireNewestPostgresAsync() => RequireAsync(PostgresServer.StartNewestAsync);

    public static Task<MariaDbServer> RequireMariaDbAsync() => RequireAsync(MariaDbServer.StartAsync);

    public static Task<ClickHouseServer> RequireClickHouseAsync() => RequireAsync(ClickHouseServer.StartAsync);

    public static Task<ClickHouseServer> RequireNewestClickHouseAsync() => RequireAsync(ClickHouseServer.StartSharedNewestAsync);

    /// <summary>An instance of its user's own.</summary>
    public static Task<RedisServer> RequireRedisAsync() => RequireAsync(RedisServer.StartAsync);

    /// <summary>The same for a dedicated instance or another way to start one.</summary>
    public static async Task<T> RequireAsync<T>(Func<Task<T>> start)
    {
        try
        {
            return await start();
        }
        catch (MissingServerException e) when (!ContinuousIntegration.IsOn)
        {
            Assert.Skip($"needs {e.Server}");
            throw;
        }
    }
}
