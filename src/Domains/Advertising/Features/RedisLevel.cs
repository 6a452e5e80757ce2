using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using Tradepost.Storage.Connections;

namespace Tradepost.Advertising.Features;

/// <summary>
/// A Redis server behind the memory of this process. While it is away nothing is found there and nothing is kept: callers are answered all the same.
/// Thread-safe.
/// </summary>
internal sealed partial class RedisLevel(RedisUrl address, ILogger logger) : IDistributedCache, IAsyncDisposable
{
    private const int ConnectMilliseconds = 1_000;
    private const int AnswerMilliseconds = 500;

    private readonly Lock gate = new();
    private Task<ConnectionMultiplexer>? connecting;
    private int isAway;

    /// <inheritdoc/>
    public byte[]? Get(string key) => throw Blocking();

    /// <inheritdoc/>
    public Task<byte[]?> GetAsync(string key, CancellationToken token = default) =>
        TryAsync("read", async database => (byte[]?)await database.StringGetAsync(key), token);

    /// <inheritdoc/>
    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw Blocking();

    /// <inheritdoc/>
    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
        TryAsync(
            "write",
            database => database.StringSetAsync(key, value, options.AbsoluteExpirationRelativeToNow ?? ServedFeatures.LongestKept),
            token
        );

    /// <inheritdoc/>
    public void Refresh(string key) => throw Blocking();

    /// <inheritdoc/>
    public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Remove(string key) => throw Blocking();

    /// <inheritdoc/>
    public Task RemoveAsync(string key, CancellationToken token = default) =>
        TryAsync("write", database => database.KeyDeleteAsync(key), token);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (connecting is { IsCompletedSuccessfully: true } connected)
        {
            await (await connected).DisposeAsync();
        }
    }

    private static NotSupportedException Blocking() => new("A hybrid cache calls the asynchronous methods.");

    private static ConfigurationOptions OptionsOf(RedisUrl address)
    {
        var options = new ConfigurationOptions
        {
            User = address.User,
            Password = address.Password.Reveal() is { Length: > 0 } password ? password : null,
            Ssl = address.IsEncrypted,
            DefaultDatabase = address.Database,
            ClientName = "tradepost",
            AbortOnConnectFail = false,
            ConnectTimeout = ConnectMilliseconds,
            SyncTimeout = AnswerMilliseconds,
            AsyncTimeout = AnswerMilliseconds,
            BacklogPolicy = BacklogPolicy.FailFast, // the store answers at once; nobody waits for Redis to come back
            ReconnectRetryPolicy = new LinearRetry(ConnectMilliseconds),
        };
        options.EndPoints.Add(address.Host, address.Port);
        return options;
    }

    private Task<ConnectionMultiplexer> ConnectAsync()
    {
        lock (gate)
        {
            return connecting is null or { IsFaulted: true } or { IsCanceled: true }
                ? connecting = ConnectionMultiplexer.ConnectAsync(OptionsOf(address))
                : connecting;
        }
    }

    private async Task<T?> TryAsync<T>(string operation, Func<IDatabase, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            var server = await ConnectAsync().WaitAsync(cancellationToken);
            var result = await work(server.GetDatabase()).WaitAsync(cancellationToken);
            if (Interlocked.Exchange(ref isAway, 0) == 1)
            {
                LogBack(logger, address.Description);
            }

            return result;
        }
        catch (Exception e) when (e is RedisException or RedisTimeoutException or ObjectDisposedException)
        {
            FeatureMetrics.OnCacheFailure(operation);
            if (Interlocked.Exchange(ref isAway, 1) == 0)
            {
                LogAway(logger, address.Description, e.Message);
            }

            return default;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Address} does not answer ({Problem}); features come from the store, more slowly.")]
    private static partial void LogAway(ILogger logger, string address, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Address} answers again.")]
    private static partial void LogBack(ILogger logger, string address);
}
