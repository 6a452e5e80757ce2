using System.Data.Common;
using System.Net.Sockets;
using Npgsql;
using Tradepost.Arguments;
using Tradepost.Jobs.Workers;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Tables;
using Tradepost.Tests.Support;

namespace Tradepost.Jobs.Tests;

/// <summary>Which failures another attempt follows.</summary>
public sealed class StoreFailureTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("08006", true)] // connection failure
    [InlineData("08003", true)]
    [InlineData("57P01", true)] // the server stops, or somebody ended the session
    [InlineData("57P02", true)]
    [InlineData("57P03", true)] // it starts or stops and takes nobody
    [InlineData("57P05", true)]
    [InlineData("40001", true)] // two transactions in each other's way
    [InlineData("40P01", true)]
    [InlineData("53300", true)] // too many connections
    [InlineData("23505", false)]
    [InlineData("42P01", false)]
    [InlineData("22P02", false)]
    [InlineData("28P01", false)]
    [InlineData("57014", false)] // cancelled
    public void An_error_of_PostgreSQL_is_transient_by_its_code(string code, bool isTransient) =>
        Failure.IsTransient(new PostgresException("message", "FATAL", "FATAL", code)).ShouldBe(isTransient);

    [Fact]
    public void What_the_network_did_is_transient_however_it_is_wrapped()
    {
        Exception[] transient =
        [
            new NpgsqlException("x", new EndOfStreamException()),
            new NpgsqlException("x", new IOException("reset")),
            new NpgsqlException("x", new SocketException((int)SocketError.ConnectionReset)),
            new NpgsqlException("x", new TimeoutException()),
            new InvalidOperationException("x", new NpgsqlException("y", new EndOfStreamException())),
            new AggregateException(new StoreUnavailableException("x"), new NpgsqlException("y", new IOException())),
            new ObjectDisposedException("NpgsqlTransaction") { Source = "Npgsql" },
            new InvalidOperationException("Connection is not open") { Source = "Npgsql" },
        ];
        Exception[] final =
        [
            new ObjectDisposedException("something of ours"),
            new InvalidOperationException("Connection is not open"),
            new NpgsqlException("x"),
            new IOException("No space left on device"),
            new AggregateException(),
            new AggregateException(new StoreUnavailableException("x"), new JobFailedException("y")),
            new WrongArgumentException("a", "a is 1."),
        ];

        transient.Where(e => !Failure.IsTransient(e)).ShouldBeEmpty();
        final.Where(Failure.IsTransient).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_store_without_memory_or_connections_left_is_exhausted()
    {
        await using var world = await JobWorld.CreateAsync(StoreKind.DuckDb);
        await world.ExecuteAsync("SET memory_limit = '12MB'");
        await world.ExecuteAsync("SET max_temp_directory_size = '0B'");
        var thrown = await Should.ThrowAsync<DbException>(() =>
            world.ExecuteAsync("CREATE TEMP TABLE large AS SELECT range AS n, range::text AS t FROM range(10000000)")
        );

        StoreFailure.IsExhausted(thrown).ShouldBeTrue(thrown.Message);
        new[] { "53200", "53300" }.ShouldAllBe(code => StoreFailure.IsExhausted(new PostgresException("message", "ERROR", "ERROR", code)));
        new[] { "53100", "57014", "23505" }.ShouldAllBe(code =>
            !StoreFailure.IsExhausted(new PostgresException("message", "ERROR", "ERROR", code))
        );
    }

    [Fact]
    public async Task Whatever_meets_an_ended_session_is_transient()
    {
        var database = await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync();
        await using var world = await JobWorld.OpenAsync(new TemporaryFolder(), database.Url, TimeProvider.System);
        var columns = new[] { new Column("text", ColumnType.Text) };

        async Task<(Exception First, Exception Second)> BreakAsync(Func<NpgsqlConnection, Task<Func<Task>>> prepare)
        {
            await using var source = NpgsqlDataSource.Create(
                ((PostgresTarget)world.Settings.Store).Url.ConnectionString.Reveal() + ";Pooling=false"
            );
            await using var broken = await source.OpenConnectionAsync(Cancellation);
            var pid = broken.ProcessID;
            var use = await prepare(broken);
            await world.ScalarAsync<bool>($"SELECT pg_terminate_backend({pid}, 5000)");
            return (
                await Should.ThrowAsync<Exception>(use),
                await Should.ThrowAsync<Exception>(() => broken.ExecuteAsync("SELECT 1", null, Cancellation))
            );
        }

        (Exception, Exception)[] failures =
        [
            await BreakAsync(connection => Task.FromResult<Func<Task>>(() => connection.ExecuteAsync("SELECT 1", null, Cancellation))),
            await BreakAsync(connection =>
                Task.FromResult<Func<Task>>(async () =>
                {
                    await using var transaction = await connection.BeginTransactionAsync(Cancellation);
                    await connection.ExecuteAsync("SELECT 1", null, Cancellation);
                })
            ),
            await BreakAsync(async connection =>
            {
                var transaction = await connection.BeginTransactionAsync(Cancellation);
                await connection.ExecuteAsync("INSERT INTO published VALUES ('x')", null, Cancellation);
                return () => transaction.CommitAsync(Cancellation);
            }),
            await BreakAsync(async connection =>
            {
                var copy = await world.Store.BeginBulkWriteAsync(connection, "published", columns, Cancellation);
                return async () => await copy.CompleteAsync(Cancellation);
            }),
        ];

        failures
            .SelectMany(pair => new[] { pair.Item1, pair.Item2 })
            .Where(e => !Failure.IsTransient(e))
            .Select(e => e.ToString())
            .ShouldBeEmpty();
    }
}
