using StackExchange.Redis;
using Tradepost.Advertising.Features;
using Tradepost.Tests.Support;

namespace Tradepost.Advertising.Tests.Features;

/// <summary>A real Redis behind the memory of processes: gone, back again, and with values that are none.</summary>
[Collection(FeatureWorld.Collection)]
public sealed class RedisTests
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(50);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_value_that_one_process_worked_out_is_served_by_another_and_names_nobody()
    {
        await using var redis = await Servers.RequireRedisAsync();
        await using var world = await CreateAsync(redis);
        await using var here = FeatureWorld.Served(world);
        var counts = new Dictionary<string, long>();
        using var counting = FeatureWorld.Count(FeatureMetrics.Served, counts);

        var first = await here.ReadAsync("account-17", "ad-4711", FeatureWorld.Noon, Cancellation);
        var (key, value) = (await EntriesAsync(redis, 1)).ShouldHaveSingleItem();
        await using var there = FeatureWorld.Served(world);
        var second = await there.ReadAsync("account-17", "ad-4711", FeatureWorld.Noon, Cancellation);

        FeatureWorld.Text(second).ShouldBe(FeatureWorld.Text(first));
        first.Windows[1].Clicks.ShouldBe(20);
        (counts["store"], counts["cache"]).ShouldBe((1, 1));
        foreach (var text in new[] { key, System.Text.Encoding.Latin1.GetString(value) })
        {
            text.ShouldNotContain("account-17");
            text.ShouldNotContain("ad-4711");
        }
    }

    [Fact]
    public async Task While_it_is_killed_the_store_serves_and_a_metric_says_so_and_afterwards_it_serves_again()
    {
        await using var redis = await Servers.RequireRedisAsync();
        await using var world = await CreateAsync(redis);
        var right = FeatureWorld.Text(await FeatureWorld.Reader(world).ReadAsync(Asked(0), Cancellation));
        await using var served = FeatureWorld.Served(world);
        var failures = new Dictionary<string, long>();
        using var counting = FeatureWorld.Count(FeatureMetrics.CacheFailures, failures);
        await served.ReadAsync("account-17", "ad-4711", Asked(0).AsOf, Cancellation);
        await EntriesAsync(redis, 1);
        failures.ShouldBeEmpty();

        await redis.KillAsync();
        await using var cold = FeatureWorld.Served(world);
        FeatureWorld.Text(await cold.ReadAsync("account-17", "ad-4711", Asked(0).AsOf, Cancellation)).ShouldBe(right);
        (await served.ReadAsync("account-17", "ad-4711", Asked(1).AsOf, Cancellation)).Windows[1].Clicks.ShouldBe(20);
        failures.GetValueOrDefault("read").ShouldBeGreaterThan(0);
        world.Logger.Lines.ShouldContain(line => line.Contains("does not answer", StringComparison.Ordinal));

        await redis.StartAgainAsync();
        var minute = 2;
        await UntilAsync(async () =>
        {
            (await served.ReadAsync("account-17", "ad-4711", Asked(minute++).AsOf, Cancellation)).Windows[1].Clicks.ShouldBe(20);
            return await CountAsync(redis) > 0;
        });
        world.Logger.Lines.ShouldContain(line => line.Contains("answers again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Values_that_are_cut_changed_swapped_or_of_somebody_else_are_passed_over()
    {
        await using var redis = await Servers.RequireRedisAsync();
        await using var world = await CreateAsync(redis);
        await using (var first = FeatureWorld.Served(world))
        {
            await first.ReadAsync("account-17", "ad-4711", Asked(0).AsOf, Cancellation);
            await first.ReadAsync("account-17", "nobody", Asked(0).AsOf, Cancellation);
        }

        var entries = await EntriesAsync(redis, 2);
        var right = FeatureWorld.Text(await FeatureWorld.Reader(world).ReadAsync(Asked(0), Cancellation));
        var unknown = FeatureWorld.Text(
            await FeatureWorld.Reader(world).ReadAsync(new AdMoment("account-17", "nobody", Asked(0).AsOf), Cancellation)
        );
        var dice = new Random(1);
        var poisons = new List<Func<byte[], byte[], byte[]>>
        {
            (own, _) => own[..(own.Length / 2)],
            (own, _) => [],
            (_, other) => other,
            (own, _) => "not a value at all"u8.ToArray(),
        };
        poisons.AddRange(
            Enumerable.Repeat<Func<byte[], byte[], byte[]>>(
                (own, _) =>
                {
                    var changed = own.ToArray();
                    changed[dice.Next(changed.Length)] ^= (byte)(1 << dice.Next(8));
                    return changed;
                },
                20
            )
        );
        foreach (var poison in poisons)
        {
            await WriteAsync(redis, entries[0].Key, poison(entries[0].Value, entries[1].Value));
            await WriteAsync(redis, entries[1].Key, poison(entries[1].Value, entries[0].Value));
            await using var served = FeatureWorld.Served(world);

            FeatureWorld.Text(await served.ReadAsync("account-17", "ad-4711", Asked(0).AsOf, Cancellation)).ShouldBe(right);
            FeatureWorld.Text(await served.ReadAsync("account-17", "nobody", Asked(0).AsOf, Cancellation)).ShouldBe(unknown);
        }
    }

    private static AdMoment Asked(int minute) => new("account-17", "ad-4711", FeatureWorld.Noon.AddMinutes(-minute));

    private static async Task<AdvertisingWorld> CreateAsync(RedisServer redis)
    {
        var world = await AdvertisingWorld.CreateAsync(StoreKind.DuckDb, FeatureWorld.WithRedis(redis.Url));
        world.Time.Advance(TimeSpan.FromDays(9));
        await world.LoadAsync(
            world.Write("a.csv", "Day,Account ID,Campaign,Ad ID,Impressions,Clicks\n2026-01-09,account-17,Spring,ad-4711,1000,20\n")
        );
        return world;
    }

    /// <summary>What is in Redis, once there are so many values.</summary>
    private static async Task<IReadOnlyList<(string Key, byte[] Value)>> EntriesAsync(RedisServer redis, int count)
    {
        await UntilAsync(async () => await CountAsync(redis) == count);
        await using var connection = await ConnectAsync(redis);
        var found = new List<(string, byte[])>();
        await foreach (var key in connection.GetServer("127.0.0.1", redis.Port).KeysAsync().WithCancellation(Cancellation))
        {
            found.Add(($"{key}", ((byte[]?)await connection.GetDatabase().StringGetAsync(key))!)); // it is there
        }

        return [.. found.OrderByDescending(entry => entry.Item2.Length)];
    }

    private static async Task<long> CountAsync(RedisServer redis)
    {
        await using var connection = await ConnectAsync(redis);
        return await connection.GetServer("127.0.0.1", redis.Port).DatabaseSizeAsync();
    }

    private static async Task WriteAsync(RedisServer redis, string key, byte[] value)
    {
        await using var connection = await ConnectAsync(redis);
        await connection.GetDatabase().StringSetAsync(key, value);
    }

    private static Task<ConnectionMultiplexer> ConnectAsync(RedisServer redis) =>
        ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{redis.Port}");

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(LongestWait);
            await Task.Delay(BetweenTries, Cancellation);
        }
    }
}
