using System.Data.Common;
using MySqlConnector;
using Tradepost.Benchmarks.Bulk;
using Tradepost.Benchmarks.Measuring;
using Tradepost.Storage;
using Tradepost.Storage.Connections;

namespace Tradepost.Benchmarks.Etl;

/// <summary>The benchmark's PostgreSQL and MariaDB, and the databases that are made in them and dropped again.</summary>
internal sealed class Servers(Bench bench) : IDisposable
{
    private readonly Store admin = Loads.Open(bench.PostgresUrl("postgres"));

    public async Task NoteVersionsAsync(CancellationToken cancellationToken)
    {
        await using var postgres = await admin.OpenAsync(cancellationToken);
        bench.Versions["PostgreSQL"] = (await postgres.ScalarAsync<string>("SHOW server_version", null, cancellationToken))!;
        await using var mariaDb = await OpenMariaDbAsync("mysql", cancellationToken);
        bench.Versions["MariaDB"] = (await mariaDb.ScalarAsync<string>("SELECT version()", null, cancellationToken))!;
    }

    /// <summary>A new, empty PostgreSQL database in the place of one of the same name.</summary>
    public async Task RenewPostgresAsync(string database, CancellationToken cancellationToken)
    {
        await DropPostgresAsync(database, cancellationToken);
        await using var connection = await admin.OpenAsync(cancellationToken);
        await connection.ExecuteAsync($"CREATE DATABASE {database}", null, cancellationToken);
        await connection.ExecuteAsync("CHECKPOINT", null, cancellationToken);
    }

    public async Task DropPostgresAsync(string database, CancellationToken cancellationToken)
    {
        await using var connection = await admin.OpenAsync(cancellationToken);
        await connection.ExecuteAsync($"DROP DATABASE IF EXISTS {database} WITH (FORCE)", null, cancellationToken);
    }

    public async Task ExecuteMariaDbAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = await OpenMariaDbAsync("mysql", cancellationToken);
        await connection.ExecuteAsync(sql, null, cancellationToken);
    }

    public async Task<DbConnection> OpenMariaDbAsync(string database, CancellationToken cancellationToken)
    {
        var connection = new MySqlConnection(MySqlUrl.Parse("BENCH_MARIADB", bench.MariaDbUrl(database)).ConnectionString.Reveal());
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    public void Dispose() => admin.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
