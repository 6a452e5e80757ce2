using Npgsql;
using Tradepost.Tests.Support;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Replaying;

namespace Tradepost.Trading.Tests.Collecting;

/// <summary>What may happen to a store while quotes come in: afterwards it has what an undisturbed one has.</summary>
public sealed class StoreTroubleTests
{
    private const string CutOthers =
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task Stopped_for_a_minute() => EndsUpUndisturbedAsync(speed: 4.5, async (server, _) =>
        {
            await server.StopAsync();
            await Task.Delay(TimeSpan.FromSeconds(60), Cancellation);
            await server.StartAgainAsync();
        });

    [Fact]
    public Task Without_room_on_its_disk() => EndsUpUndisturbedAsync(speed: 40, async (server, database) =>
        {
            await server.ExecuteAsync(
                database,
                """
                CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
                  BEGIN RAISE EXCEPTION 'could not extend file "base/5/1": No space left on device' USING ERRCODE = 'disk_full'; END $$;
                CREATE TRIGGER full_disk BEFORE INSERT ON orderbook_data FOR EACH STATEMENT EXECUTE FUNCTION full_disk();
                """
            );
            await Task.Delay(TimeSpan.FromSeconds(3), Cancellation);
            await server.ExecuteAsync(database, "DROP FUNCTION full_disk() CASCADE");
        });

    [Fact]
    public Task With_its_connections_cut_again_and_again() => EndsUpUndisturbedAsync(speed: 40, async (server, _) =>
        {
            for (var cut = 0; cut < 20; cut++)
            {
                await CutAsync(server);
                await Task.Delay(TimeSpan.FromMilliseconds(200), Cancellation);
            }
        });

    [Fact]
    public Task With_another_password_for_a_while() => EndsUpUndisturbedAsync(speed: 40, async (server, _) =>
        {
            // The connection that changes it back outlives the change.
            await using var kept = new NpgsqlConnection(server.ConnectionString("postgres"));
            await kept.OpenAsync(Cancellation);
            await SayAsync(kept, $"ALTER ROLE {PostgresServer.User} PASSWORD 'other'");
            await SayAsync(kept, CutOthers);
            await Task.Delay(TimeSpan.FromSeconds(3), Cancellation);
            await SayAsync(kept, $"ALTER ROLE {PostgresServer.User} PASSWORD '{PostgresServer.Password}'");
        });

    private static Task CutAsync(PostgresServer server) => server.ExecuteAsync("postgres", CutOthers);

    private static async Task SayAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    /// <summary>Disturbs the store after the first quotes reached it, while more come in until after the end of that.</summary>
    private static async Task EndsUpUndisturbedAsync(double speed, Func<PostgresServer, string, Task> disturb)
    {
        await using var server = await Servers.RequireAsync(PostgresServer.StartDedicatedAsync);
        await using var world = await CollectorWorld.CreateAsync(StoreKind.Postgres, server);
        var frames = CollectorWorld.Frames("usdm_btcusdt_20240808");
        await using var replay = new ReplayServer(new BinanceExchange(BinanceMarket.UsdFutures), frames, speed, [], TimeProvider.System);
        var (before, after) = (0L, 0L);

        var result = await world.CollectAsync(world.Options(replay), replay, async () =>
        {
            while ((await world.StoredAsync()).Count == 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), Cancellation);
            }

            before = replay.Played;
            await disturb(server, world.Database);
            after = replay.Played;
            await replay.Playing;
        });

        after.ShouldBeGreaterThan(before);
        after.ShouldBeLessThan(frames.Count, "quotes came in before, during and after it");
        result.Recorded.ShouldBe(66_089);
        result.Waiting.ShouldBe(0);
        (await world.GapsAsync()).ShouldBeEmpty();
        CollectorWorld.Fingerprint(await world.StoredAsync()).ShouldBe(CollectorWorld.Fingerprint(CollectorWorld.QuotesOf(frames)));
    }
}
