using Dapper;
using Tradepost.Storage.Connections;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests;

public sealed class PostgresStoreTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_is_reached_with_its_certificate_checked()
    {
        var server = await Servers.RequirePostgresAsync();
        var url =
            $"postgres://app:secret@localhost:{server.Port}/postgres?sslmode=verify-full&sslrootcert={Uri.EscapeDataString(server.CertificateAuthorityFile)}&channel_binding=require";
        await using var store = Open(url);

        await using var connection = await store.OpenAsync(Cancellation);

        (await connection.ExecuteScalarAsync<bool>("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_server_that_is_away_is_tried_again_and_then_named_without_its_password()
    {
        var time = new ManualTime { SkipsDelays = true };
        var start = time.GetUtcNow();
        await using var store = new PostgresStore(
            new PostgresTarget(Parse($"postgres://app:secret@127.0.0.1:{LoopbackPort.Free()}/db")),
            time
        );

        var failure = await Should.ThrowAsync<StoreUnavailableException>(() => store.OpenAsync(Cancellation));

        failure.Message.ShouldContain("could not be reached in 5 tries");
        failure.Message.ShouldContain("postgresql://app:***@127.0.0.1");
        failure.ToString().ShouldNotContain("secret");
        (time.GetUtcNow() - start).TotalSeconds.ShouldBeInRange(1.4, 4.6);
    }

    [Fact]
    public async Task A_certificate_that_is_refused_says_why_and_is_not_asked_for_again()
    {
        var server = await Servers.RequirePostgresAsync();
        using var folder = new TemporaryFolder();
        TestCertificates.Write(folder.Path); // of another authority
        await using var store = Open(
            $"postgres://app:secret@localhost:{server.Port}/postgres?sslmode=verify-full&sslrootcert={Uri.EscapeDataString(folder.Combine("ca.crt"))}"
        );

        var failure = await Should.ThrowAsync<StoreUnavailableException>(() => store.OpenAsync(Cancellation));

        failure.Message.ShouldEndWith(
            "could not be reached: the server's certificate is signed by an authority that is not trusted here (CN=Tradepost tests); name its file with sslrootcert."
        );
    }

    [Fact]
    public async Task Of_several_servers_the_one_that_is_there_and_takes_writes_is_used()
    {
        var server = await Servers.RequirePostgresAsync();
        await using var store = Open(
            $"postgres://app:secret@127.0.0.1:{LoopbackPort.Free()},127.0.0.1:{server.Port}/postgres?sslmode=disable"
        );

        await using var connection = await store.OpenAsync(Cancellation);
        await using var session = await store.OpenSessionAsync(Cancellation);
        await using var held = await store.TryLockAsync("several", Cancellation);

        (await connection.ExecuteScalarAsync<int>("SELECT 1")).ShouldBe(1);
        held.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_wrong_password_is_not_tried_again()
    {
        var server = await Servers.RequirePostgresAsync();
        await using var store = Open($"postgres://app:wrong@127.0.0.1:{server.Port}/postgres");

        var failure = await Should.ThrowAsync<Npgsql.PostgresException>(() => store.OpenAsync(Cancellation));

        failure.SqlState.ShouldBe("28P01");
    }

    [Fact]
    public async Task A_lock_is_held_by_one_until_it_is_freed()
    {
        var server = await Servers.RequirePostgresAsync();
        var database = await server.CreateDatabaseAsync();
        await using var one = Open(database.Url);
        await using var other = Open(database.Url);

        await using (var held = await one.TryLockAsync("etl", Cancellation))
        {
            held.ShouldNotBeNull();
            (await other.TryLockAsync("etl", Cancellation)).ShouldBeNull();
            (await one.TryLockAsync("etl", Cancellation)).ShouldBeNull();
            await using var unrelated = await other.TryLockAsync("something else", Cancellation);
            unrelated.ShouldNotBeNull();
        }

        await using var next = await other.TryLockAsync("etl", Cancellation);
        next.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_lock_is_free_when_the_session_that_held_it_is_gone()
    {
        var server = await Servers.RequirePostgresAsync();
        var database = await server.CreateDatabaseAsync();
        await using var store = Open(database.Url);
        var held = await store.TryLockAsync("etl", Cancellation);

        await server.ExecuteAsync(
            database.Name,
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        );
        await using var next = await store.TryLockAsync("etl", Cancellation);

        next.ShouldNotBeNull();
        await held.ShouldNotBeNull().DisposeAsync();
    }

    [Fact]
    public async Task A_server_that_comes_back_is_reached_without_an_error()
    {
        await using var server = await Servers.RequireAsync(PostgresServer.StartDedicatedAsync);
        var time = new ManualTime();
        await using var store = new PostgresStore(new PostgresTarget(Parse(server.Url("postgres"))), time);
        await server.StopAsync();

        var opening = store.OpenAsync(Cancellation);
        await time.UntilSomebodyWaitsAsync();
        await server.StartAgainAsync();
        time.Advance(TimeSpan.FromSeconds(1));
        await using var connection = await opening;

        (await connection.ExecuteScalarAsync<int>("SELECT 1")).ShouldBe(1);
    }

    [Fact]
    public async Task A_pooler_is_refused_for_sessions_with_a_remedy()
    {
        await using var store = Open("postgres://app:secret@ep-x-123-pooler.eu.example.test/db?sslmode=require");

        var refused = await Should.ThrowAsync<ConfigurationException>(() => store.OpenSessionAsync(Cancellation));

        refused.Setting.ShouldBe("DATABASE_URL_DIRECT");
        refused.Message.ShouldContain("ep-x-123-pooler.eu.example.test is a connection pooler");
        await Should.ThrowAsync<ConfigurationException>(() => store.TryLockAsync("etl", Cancellation));
    }

    [Fact]
    public async Task Sessions_go_past_the_pooler_when_a_direct_address_is_set()
    {
        var server = await Servers.RequirePostgresAsync();
        var target = new PostgresTarget(Parse("postgres://app:secret@ep-x-123-pooler.eu.example.test/db"), Parse(server.Url("postgres")));
        await using var store = new PostgresStore(target, TimeProvider.System);

        await using var connection = await store.OpenSessionAsync(Cancellation);

        (await connection.ExecuteScalarAsync<int>("SELECT 1")).ShouldBe(1);
    }

    private static PostgresStore Open(string url) => new(new PostgresTarget(Parse(url)), TimeProvider.System);

    private static PostgresUrl Parse(string url) => PostgresUrl.Parse("DATABASE_URL", url);
}
