using System.Net;
using System.Net.Sockets;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Data;

/// <summary><c>db setup --url</c>, as somebody begins with a database of a provider's.</summary>
public sealed class DatabaseSetupTests : IDisposable
{
    /// <summary>A try of the driver's may take two connections.</summary>
    private const int Refused = 2;

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TradepostProcess Tradepost => new(folder.Path);

    private string EnvironmentFile => folder.Combine(".env");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_four_commands_of_a_newcomer_load_a_file_into_a_database_of_a_provider_s(bool isNewest)
    {
        await using var newest = isNewest ? await Servers.RequireNewestPostgresAsync() : null;
        var server = newest ?? await Servers.RequirePostgresAsync();
        await File.WriteAllTextAsync(
            EnvironmentFile,
            "# mine\nREDIS_URL=redis://localhost\nDATABASE_URL=postgresql://old@nowhere/x\n",
            Cancellation
        );
        var database = $"begun_{Environment.ProcessId}_{isNewest}";
        var url =
            $"postgresql://{PostgresServer.User}:{PostgresServer.Password}@localhost:{server.Port}/{database}"
            + $"?sslmode=verify-full&sslrootcert={server.CertificateAuthorityFile}";

        var setup = await Tradepost.RunJsonAsync("db", "setup", "--url", url);
        var migrated = await Tradepost.RunJsonAsync("db", "migrate");
        folder.Write(
            "listings.csv",
            "sku,title,brand,price,reviews,date\n1,Soap,Acme,1 990 ₸,12,2026-01-05\n2,Scent,,25 000 ₸,3,2026-01-05\n"
        );
        var loaded = await Tradepost.RunJsonAsync("marketplace", "load", "listings.csv");
        var doctor = await Tradepost.RunJsonAsync("doctor");
        var status = await Tradepost.RunJsonAsync("db", "status");

        setup.GetProperty("status").GetString().ShouldBe("succeeded");
        setup.GetProperty("applied").GetArrayLength().ShouldBeGreaterThan(0);
        var checks = setup
            .GetProperty("checks")
            .EnumerateArray()
            .ToDictionary(check => check.GetProperty("name").GetString()!, check => check.GetProperty("found").GetString()!);
        checks["server"].ShouldStartWith($"PostgreSQL, version {(isNewest ? 18 : 15)}");
        checks["encryption"].ShouldBe("TLS, and the server's certificate is verified");
        checks["pooler"].ShouldBe("none in between");
        checks["rights"].ShouldStartWith("app may ");
        setup.GetRawText().ShouldNotContain(PostgresServer.Password);
        (await File.ReadAllTextAsync(EnvironmentFile, Cancellation)).ShouldBe(
            $"# mine\nREDIS_URL=redis://localhost\nDATABASE_URL='{url}'\n"
        );
        File.GetUnixFileMode(EnvironmentFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        migrated.GetProperty("applied").GetArrayLength().ShouldBe(0);
        loaded.GetProperty("files")[0].GetProperty("products").GetInt64().ShouldBe(2);
        doctor.GetProperty("status").GetString().ShouldNotBe("failed"); // it warns of the login, which is a superuser here
        status.GetProperty("store").GetString().ShouldBe($"postgresql://app:***@localhost:{server.Port}/{database}");
    }

    [Fact]
    public async Task A_profile_has_its_own_file_and_is_chosen_by_its_name()
    {
        var server = await Servers.RequirePostgresAsync();
        var database = await server.CreateDatabaseAsync();

        await Tradepost.RunJsonAsync("db", "setup", "--profile", "dev", "--url", server.Url(database.Name));
        var chosen = Tradepost;
        chosen.Environment["TRADEPOST_PROFILE"] = "dev";

        File.Exists(EnvironmentFile).ShouldBeFalse();
        (await chosen.RunJsonAsync("db", "status")).GetProperty("store").GetString().ShouldEndWith($"/{database.Name}");
        (await Tradepost.RunJsonAsync("db", "setup")).GetProperty("store").GetString().ShouldStartWith("duckdb:");
    }

    [Fact]
    public async Task The_address_can_come_by_standard_input_so_that_no_list_of_processes_shows_it()
    {
        var server = await Servers.RequirePostgresAsync();
        var database = await server.CreateDatabaseAsync();
        using var process = Tradepost.StartWithInput("db", "setup", "--url", "-");
        await process.StandardInput.WriteLineAsync(server.Url(database.Name));
        process.StandardInput.Close();

        var result = await TradepostProcess.FinishAsync(process);

        result.ExitCode.ShouldBe(0, result.Errors);
        (await File.ReadAllTextAsync(EnvironmentFile, Cancellation)).ShouldBe($"DATABASE_URL='{server.Url(database.Name)}'\n");
    }

    [Theory]
    [InlineData("postgresql://u:p@db.example.test/d", "add sslmode=require or, better, sslmode=verify-full to it")]
    [InlineData("postgresql://u:p@127.0.0.1:6432/d", "has the port of PgBouncer; add pooler=true to --url where it is one")]
    [InlineData("postgresql://u:p@127.0.0.1:6432/d?pooler=true", "give the address of the same database past it with --direct-url")]
    [InlineData("mysql://u:p@h/d", "--url")]
    public async Task What_cannot_be_used_is_refused_and_nothing_is_written(string url, string expected)
    {
        var result = await Tradepost.RunAsync("db", "setup", "--url", url);

        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain(expected);
        File.Exists(EnvironmentFile).ShouldBeFalse();
    }

    [Fact]
    public async Task A_login_that_may_not_create_tables_is_told_and_nothing_is_written()
    {
        var server = await Servers.RequirePostgresAsync();
        var database = await server.CreateDatabaseAsync();
        var reader = $"reader_{Environment.ProcessId}";
        await server.ExecuteAsync(database.Name, $"CREATE ROLE {reader} LOGIN PASSWORD 'pw'; REVOKE CREATE ON SCHEMA public FROM PUBLIC");

        var result = await Tradepost.RunAsync(
            "db",
            "setup",
            "--url",
            $"postgresql://{reader}:pw@127.0.0.1:{server.Port}/{database.Name}?sslmode=disable"
        );

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain($"{reader} may not create tables");
        File.Exists(EnvironmentFile).ShouldBeFalse();
    }

    [Fact]
    public async Task A_database_that_does_not_answer_at_once_is_waited_for()
    {
        var server = await Servers.RequirePostgresAsync();
        var database = await server.CreateDatabaseAsync();
        using var sleeper = new TcpListener(IPAddress.Loopback, 0);
        sleeper.Start();
        var port = ((IPEndPoint)sleeper.LocalEndpoint).Port;
        using var ended = new CancellationTokenSource();
        var forwarding = ForwardAllButTheFirstAsync(sleeper, server.Port, ended.Token);

        var result = await Tradepost.RunAsync(
            "db",
            "setup",
            "--url",
            server.Url(database.Name).Replace($":{server.Port}/", $":{port}/", StringComparison.Ordinal)
        );

        result.ExitCode.ShouldBe(0, result.Errors);
        result.Errors.ShouldContain("127.0.0.1 does not answer yet; it is tried again in");
        await ended.CancelAsync();
        sleeper.Stop();
        await forwarding;
    }

    public void Dispose() => folder.Dispose();

    private static async Task ForwardAllButTheFirstAsync(TcpListener from, int port, CancellationToken cancellationToken)
    {
        var pumps = new List<Task>();
        for (var number = 0; ; number++)
        {
            TcpClient client;
            try
            {
                client = await from.AcceptTcpClientAsync(cancellationToken);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                await Task.WhenAll(pumps);
                return;
            }

            if (number < Refused)
            {
                client.Dispose();
                continue;
            }

            pumps.Add(PumpAsync(client, port));
        }
    }

    private static async Task PumpAsync(TcpClient client, int port)
    {
        using (client)
        using (var server = new TcpClient())
        {
            await server.ConnectAsync(IPAddress.Loopback, port);
            var (near, far) = (client.GetStream(), server.GetStream());
            var there = near.CopyToAsync(far);
            var back = far.CopyToAsync(near);
            await Task.WhenAny(there, back);
            server.Close();
            client.Close();
            await Task.WhenAll(there, back).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
