using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Runs;

/// <summary>A source's server that dies at whatever moment of a load: exit status, run and warehouse say the same of it.</summary>
public sealed class KilledSourcesTests : IDisposable
{
    private static readonly string[] Sources = ["AUTH", "CATALOG", "ORDERS", "PAYMENTS"];

    /// <summary>Of each source; TRADEPOST_KILLS=20 for the long run.</summary>
    private static readonly int Kills = int.Parse(
        Environment.GetEnvironmentVariable("TRADEPOST_KILLS") ?? "1",
        CultureInfo.InvariantCulture
    );

    private readonly TemporaryFolder folder = new();
    private readonly TradepostProcess tradepost;

    public KilledSourcesTests() => tradepost = new TradepostProcess(folder.Path);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_source_that_is_killed_leaves_one_story(bool onPostgres)
    {
        if (onPostgres)
        {
            tradepost.Environment["DATABASE_URL"] = (await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync()).Url;
        }

        var servers = new List<(MariaDbServer Server, string Database)>();
        try
        {
            foreach (var source in Sources)
            {
                var server = await Servers.RequireAsync(MariaDbServer.StartDedicatedAsync);
                servers.Add((server, (await server.CreateDatabaseAsync()).Name));
                await KeepCommitsAsync(server);
                tradepost.Environment[$"{source}_DB_URL"] = server.Url(servers[^1].Database);
            }

            await tradepost.RunJsonAsync("retail", "generate");
            await tradepost.RunJsonAsync("retail", "etl", "--mode", "full");
            await KillEachAsync(servers);
        }
        finally
        {
            foreach (var (server, _) in servers)
            {
                await server.DisposeAsync();
            }
        }
    }

    private async Task KillEachAsync(List<(MariaDbServer Server, string Database)> servers)
    {
        var loaded = await QuantityAsync();
        var lines = await NumberAsync("SELECT count(*) FROM fact_sales WHERE NOT is_deleted");
        var atSource = loaded;
        var started = Stopwatch.GetTimestamp();
        await tradepost.RunJsonAsync("retail", "etl", "--mode", "full");
        var usual = Stopwatch.GetElapsedTime(started);
        var chance = new Random(5);
        var failed = 0;
        for (var kill = 0; kill < Kills * servers.Count; kill++)
        {
            var (server, _) = servers[kill % servers.Count];
            var (orders, database) = servers[2];
            await orders.ExecuteAsync(
                database,
                "UPDATE order_items SET quantity = quantity + 1; UPDATE orders SET updated_at = UTC_TIMESTAMP(6)"
            );
            atSource += lines;

            using var load = tradepost.Start("retail", "etl", "--mode", kill % 2 == 0 ? "full" : "incremental");
            await Task.Delay(chance.NextDouble() * usual, TestContext.Current.CancellationToken);
            await server.KillAsync();
            var result = await TradepostProcess.FinishAsync(load);
            await server.StartAgainAsync();
            await KeepCommitsAsync(server);

            var run = (await tradepost.RunJsonAsync("jobs", "runs", "--job", "retail.etl")).GetProperty("items")[0];
            var story = $"kill {kill} of {Sources[kill % servers.Count]}: exit {result.ExitCode}, {run}, {result.Errors}";
            var published = await NumberAsync($"SELECT count(*) FROM etl_runs WHERE run_id = '{run.GetProperty("id").GetString()}'");
            var quantity = await QuantityAsync();
            if (result.ExitCode == 0)
            {
                (run.GetProperty("state").GetString(), published, quantity).ShouldBe(("succeeded", 1, atSource), story);
                loaded = quantity;
            }
            else
            {
                failed++;
                (run.GetProperty("state").GetString(), published, quantity).ShouldBe(("failed", 0, loaded), story);
                result.Errors.ShouldContain($"ource {Sources[kill % servers.Count].ToLowerInvariant()}", Case.Insensitive, story);
            }
        }

        failed.ShouldBeGreaterThan(0, "no run was disturbed");
        await tradepost.RunJsonAsync("retail", "etl");
        (await QuantityAsync()).ShouldBe(atSource);
    }

    /// <summary>What a killed server had committed is there when it is back; the tests' servers are not so careful otherwise.</summary>
    private static Task KeepCommitsAsync(MariaDbServer server) =>
        server.ExecuteAsync("mysql", "SET GLOBAL innodb_flush_log_at_trx_commit = 1");

    private Task<long> QuantityAsync() => NumberAsync("SELECT sum(quantity) FROM fact_sales WHERE NOT is_deleted");

    private async Task<long> NumberAsync(string sql)
    {
        var cell = (await tradepost.RunJsonAsync("db", "query", sql)).GetProperty("rows")[0][0];
        return cell.ValueKind == JsonValueKind.String
            ? long.Parse(cell.GetString()!, CultureInfo.InvariantCulture) // JSON's own kind says that there is one
            : cell.GetInt64();
    }
}
