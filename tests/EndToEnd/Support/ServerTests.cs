using MySqlConnector;
using Npgsql;
using Tradepost.Tests.Support;

namespace Tradepost.EndToEnd.Tests.Support;

public sealed class ServerTests
{
    [Fact]
    public async Task Each_test_gets_a_PostgreSQL_database_of_its_own()
    {
        var server = await Servers.RequirePostgresAsync();

        var one = await server.CreateDatabaseAsync();
        var other = await server.CreateDatabaseAsync();
        await server.ExecuteAsync(one.Name, "CREATE TABLE t (a int)");

        await Should.ThrowAsync<PostgresException>(() => server.ExecuteAsync(other.Name, "SELECT * FROM t"));
    }

    [Fact]
    public async Task PostgreSQL_proves_who_it_is()
    {
        var server = await Servers.RequirePostgresAsync();
        var settings = new NpgsqlConnectionStringBuilder(server.ConnectionString("postgres"))
        {
            Host = "localhost",
            SslMode = SslMode.VerifyFull,
            RootCertificate = server.CertificateAuthorityFile,
        };

        await using var connection = new NpgsqlConnection(settings.ConnectionString);

        await connection.OpenAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(MySqlSslMode.Disabled)]
    [InlineData(MySqlSslMode.Preferred)]
    [InlineData(MySqlSslMode.Required)]
    public async Task MariaDB_serves_with_and_without_TLS(MySqlSslMode mode)
    {
        var server = await Servers.RequireMariaDbAsync();
        var database = await server.CreateDatabaseAsync();
        var settings = new MySqlConnectionStringBuilder(database.ConnectionString) { SslMode = mode };

        await using var connection = new MySqlConnection(settings.ConnectionString);

        await connection.OpenAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_dedicated_server_keeps_its_data_while_it_is_down()
    {
        await using var server = await Servers.RequireAsync(PostgresServer.StartDedicatedAsync);
        var database = await server.CreateDatabaseAsync();
        await server.ExecuteAsync(database.Name, "CREATE TABLE t (a int)");

        await server.StopAsync();
        NpgsqlConnection.ClearAllPools();
        await Should.ThrowAsync<NpgsqlException>(() => server.ExecuteAsync(database.Name, "SELECT * FROM t"));
        await server.StartAgainAsync();

        await server.ExecuteAsync(database.Name, "SELECT * FROM t");
    }
}
