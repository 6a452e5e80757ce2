using System.Net.Http.Headers;
using System.Text;

namespace Tradepost.Tests.Support;

/// <summary>
/// A private ClickHouse on a free loopback port, gone when the test process is gone: the distribution's, or one of today, which npm brings as
/// chdb into tests/servers. Whole projects of tests can be run on the latter: TRADEPOST_TEST_CLICKHOUSE=newest.
/// </summary>
public sealed class ClickHouseServer : IAsyncDisposable
{
    public const string User = "app";
    public const string Password = "secret";

    private static readonly Lazy<Task<ClickHouseServer>> Shared = new(IsNewestAsked ? StartNewestAsync : StartDedicatedAsync);
    private static readonly Lazy<Task<ClickHouseServer>> SharedNewest = new(StartNewestAsync);
    private static int databases;

    private readonly string folder;
    private readonly string[] command;
    private readonly HttpClient http;
    private ServerProcess? process;

    private ClickHouseServer(string folder, int port, Func<string, int, string[]> command)
    {
        (this.folder, this.command, Port) = (folder, command(folder, port), port);
        http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"))
        );
    }

    public int Port { get; }

    private static bool IsNewestAsked => Environment.GetEnvironmentVariable("TRADEPOST_TEST_CLICKHOUSE") == "newest";

    /// <summary>The instance that all tests of this process share; each takes databases of its own from it.</summary>
    public static Task<ClickHouseServer> StartAsync() => Shared.Value;

    /// <summary>The shared one of today's version.</summary>
    public static Task<ClickHouseServer> StartSharedNewestAsync() => SharedNewest.Value;

    /// <summary>An instance for one test alone, which may stop and start it; the caller disposes it.</summary>
    public static async Task<ClickHouseServer> StartDedicatedAsync()
    {
        var program = Programs.Get("clickhouse", "clickhouse-server");
        // Its allocator asks for the time before libfaketime (scripts/test-clock.sh) can answer: it lives in the present.
        var server = Create((folder, _) => ["env", "-u", "LD_PRELOAD", program, $"--config-file={folder}/config.xml"]);
        await server.ConfigureAsync();
        await server.StartAgainAsync();
        return server;
    }

    private static async Task<ClickHouseServer> StartNewestAsync()
    {
        var node = Programs.Get("node", "node");
        var servers = RepositoryRoot.Combine("tests", "servers");
        if (!Directory.Exists(Path.Combine(servers, "node_modules", "chdb")))
        {
            throw new MissingServerException("chdb", servers);
        }

        var server = Create((folder, port) => [node, Path.Combine(servers, "clickhouse.mjs"), folder, port.ToString(), User, Password]);
        await server.StartAgainAsync();
        return server;
    }

    private static ClickHouseServer Create(Func<string, int, string[]> command) =>
        new(Directory.CreateTempSubdirectory("tradepost-clickhouse-").FullName, LoopbackPort.Free(), command);

    /// <summary>The name of a database that no other test has; it is not made.</summary>
    public static string NewDatabase() => $"test_{Environment.ProcessId}_{Interlocked.Increment(ref databases)}";

    public string Url(string database, string password = Password) => $"http://{User}:{password}@127.0.0.1:{Port}/{database}";

    /// <summary>The rows of a query, or of none, with their fields as text.</summary>
    public async Task<IReadOnlyList<string[]>> QueryAsync(string sql)
    {
        using var response = await http.PostAsync(new Uri("", UriKind.Relative), new StringContent(sql));
        var answer = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? [.. answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))]
            : throw new InvalidOperationException(answer);
    }

    /// <summary>Kills a dedicated instance; its data stay for <see cref="StartAgainAsync"/>.</summary>
    public async Task StopAsync()
    {
        if (process is not null)
        {
            await process.StopAsync(keepFolder: true);
            process = null;
        }
    }

    public async Task StartAgainAsync() => process = await ServerProcess.StartAsync(folder, "KILL", command, () => QueryAsync("SELECT 1"));

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
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

    private async Task ConfigureAsync()
    {
        await File.WriteAllTextAsync(
            Path.Combine(folder, "config.xml"),
            $"""
            <yandex>
              <logger><level>warning</level><log>{folder}/server.log</log><errorlog>{folder}/errors.log</errorlog></logger>
              <listen_host>127.0.0.1</listen_host><http_port>{Port}</http_port><tcp_port>{LoopbackPort.Free()}</tcp_port>
              <path>{folder}/data/</path><tmp_path>{folder}/tmp/</tmp_path><timezone>UTC</timezone>
              <users_config>{folder}/users.xml</users_config><default_profile>default</default_profile><default_database>default</default_database>
              <mark_cache_size>67108864</mark_cache_size>
            </yandex>
            """
        );
        await File.WriteAllTextAsync(
            Path.Combine(folder, "users.xml"),
            $"""
            <yandex>
              <profiles><default></default></profiles>
              <quotas><default></default></quotas>
              <users><{User}><password>{Password}</password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></{User}></users>
            </yandex>
            """
        );
    }
}
