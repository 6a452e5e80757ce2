using System.Globalization;
using MySqlConnector;

namespace Tradepost.Tests.Support;

/// <summary>A private MariaDB on a free loopback port, with TLS and local_infile, gone when the test process is gone.</summary>
public sealed class MariaDbServer : IAsyncDisposable
{
    public const string User = "app";
    public const string Password = "secret";

    private static readonly Lazy<Task<MariaDbServer>> Shared = new(StartDedicatedAsync);
    private static int databases;

    private readonly string folder;
    private readonly string program;
    private ServerProcess? process;

    private MariaDbServer(string folder, string program, int port)
    {
        this.folder = folder;
        this.program = program;
        Port = port;
    }

    public int Port { get; }

    /// <summary>The authority that signed the server's certificate.</summary>
    public string CertificateAuthorityFile => Path.Combine(folder, "ca.crt");

    /// <summary>The instance that all tests of this process share; each takes databases of its own from it.</summary>
    public static Task<MariaDbServer> StartAsync() => Shared.Value;

    /// <summary>An instance for one test alone, which may stop and start it; the caller disposes it.</summary>
    public static async Task<MariaDbServer> StartDedicatedAsync()
    {
        var executable = Programs.Get("mariadb", "mariadbd");
        var install = Programs.Get("mariadb", "mariadb-install-db");
        var home = Directory.CreateTempSubdirectory("tradepost-mariadb-").FullName;
        TestCertificates.Write(home);
        await File.WriteAllTextAsync(
            Path.Combine(home, "init.sql"),
            $"CREATE USER IF NOT EXISTS {User}@'%' IDENTIFIED BY '{Password}';\nGRANT ALL ON *.* TO {User}@'%' WITH GRANT OPTION;\n"
        );
        await Commands.RunAsync(
            install,
            ["--no-defaults", $"--datadir={home}/data", "--auth-root-authentication-method=normal", "--skip-test-db", .. AsRoot()]
        );
        var server = new MariaDbServer(home, executable, LoopbackPort.Free());
        await server.StartAgainAsync();
        return server;
    }

    public string ConnectionString(string database) =>
        new MySqlConnectionStringBuilder
        {
            Server = "127.0.0.1",
            Port = (uint)Port,
            UserID = User,
            Password = Password,
            Database = database,
            SslMode = MySqlSslMode.Disabled,
            AllowPublicKeyRetrieval = true,
            AllowLoadLocalInfile = true,
            AllowZeroDateTime = true,
            TreatTinyAsBoolean = false,
            GuidFormat = MySqlGuidFormat.None,
        }.ConnectionString;

    public string Url(string database) => $"mysql://{User}:{Password}@127.0.0.1:{Port}/{database}?sslmode=disable";

    public async Task<TestDatabase> CreateDatabaseAsync()
    {
        var name = $"test_{Environment.ProcessId}_{Interlocked.Increment(ref databases)}";
        await ExecuteAsync("mysql", $"CREATE DATABASE {name} CHARACTER SET utf8mb4");
        return new TestDatabase(name, ConnectionString(name), Url(name));
    }

    public async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new MySqlConnection(ConnectionString(database));
        await connection.OpenAsync();
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Stops a dedicated instance; its data stay for <see cref="StartAgainAsync"/>.</summary>
    public async Task StopAsync()
    {
        if (process is not null)
        {
            await process.StopAsync(keepFolder: true);
            process = null;
        }
    }

    /// <summary>The same by kill -9.</summary>
    public async Task KillAsync()
    {
        if (process is not null)
        {
            await process.KillAsync(
                int.Parse(
                    await File.ReadAllTextAsync(Path.Combine(folder, "pid")),
                    NumberStyles.AllowTrailingWhite,
                    CultureInfo.InvariantCulture
                )
            );
            process = null;
        }
    }

    public async Task StartAgainAsync()
    {
        string[] command =
        [
            program,
            "--no-defaults",
            .. AsRoot(),
            $"--datadir={folder}/data",
            $"--port={Port.ToString()}",
            "--bind-address=127.0.0.1",
            "--skip-name-resolve",
            $"--socket={folder}/socket",
            $"--pid-file={folder}/pid",
            $"--init-file={folder}/init.sql",
            "--local-infile=1",
            "--character-set-server=utf8mb4",
            "--performance-schema=OFF",
            "--max-connections=200",
            "--innodb-buffer-pool-size=64M",
            "--innodb-log-file-size=16M",
            "--innodb-flush-log-at-trx-commit=0",
            $"--ssl-ca={folder}/ca.crt",
            $"--ssl-cert={folder}/server.crt",
            $"--ssl-key={folder}/server.key",
        ];
        process = await ServerProcess.StartAsync(folder, "TERM", command, () => ExecuteAsync("mysql", "SELECT 1"));
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await process.StopAsync(keepFolder: false);
            process = null;
        }
        else if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string[] AsRoot() => ServerProcess.IsRoot ? ["--user=root"] : [];
}
