using System.Diagnostics;
using System.Text.Json;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Runs;

public sealed class RunCommandsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_worker_logs_JSON_and_shows_its_metrics_when_asked()
    {
        var tradepost = new TradepostProcess(folder.Path) { Environment = { ["TRADEPOST_DEBUG"] = "1" } }; // there is little to say otherwise
        using var worker = tradepost.Start("worker", "--log", "json", "--metrics-url", "http://127.0.0.1:0");
        using var client = new HttpClient();

        var address = (await LineAsync("Metrics are at "))["Metrics are at ".Length..];
        var metrics = await client.GetStringAsync(address, TestContext.Current.CancellationToken);
        using var elsewhere = await client.GetAsync(
            address.Replace("/metrics", "/health/live", StringComparison.Ordinal),
            TestContext.Current.CancellationToken
        );
        var logged = await LineAsync("{");
        using (var stop = Process.Start("kill", ["-INT", $"{worker.Id}"]))
        {
            await stop.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var stopped = await TradepostProcess.FinishAsync(worker);
        tradepost.Environment.Clear();
        var wrong = await tradepost.RunAsync("worker", "--log", "xml");
        metrics.ShouldContain("tradepost_storage_connection_open_duration_seconds_count{");
        elsewhere.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        stopped.ExitCode.ShouldBe(130);
        JsonElement.Parse(logged).GetProperty("level").GetString().ShouldBeOneOf("trace", "debug", "information");
        (wrong.ExitCode, wrong.Errors.TrimEnd()).ShouldBe((2, "--log is \"xml\"; allowed are json and text."));
        (await tradepost.RunAsync("worker", "--metrics-url", "http://0.0.0.0:9464")).Errors.ShouldContain(
            "would send passwords and tokens readable over the network"
        );

        async Task<string> LineAsync(string start)
        {
            while (true)
            {
                var line = await worker.StandardError.ReadLineAsync(TestContext.Current.CancellationToken)
                    ?? throw new InvalidOperationException($"The worker ended before it wrote \"{start}\".");
                if (line.StartsWith(start, StringComparison.Ordinal))
                {
                    return line;
                }
            }
        }
    }

    [Fact]
    public async Task A_run_that_waits_is_executed_by_a_worker_and_leaves_the_record_of_one_executed_here()
    {
        var tradepost = await WithPostgresAsync();
        await tradepost.RunJsonAsync("retail", "generate", "--scale", "1");
        await tradepost.RunJsonAsync("retail", "etl", "--mode", "full");
        var here = (await tradepost.RunJsonAsync("jobs", "runs", "--job", "retail.etl")).GetProperty("items")[0];

        var queued = await tradepost.RunJsonAsync("jobs", "run", "retail.etl", "--queue", "--mode", "full");
        var refused = await tradepost.RunAsync("retail", "etl", "--json");
        using var worker = tradepost.Start("worker");
        await tradepost.RunJsonAsync("jobs", "logs", queued.GetProperty("id").GetString()!, "--follow");
        var executed = await tradepost.RunJsonAsync("jobs", "show", queued.GetProperty("id").GetString()!);
        using (var stop = Process.Start("kill", ["-INT", $"{worker.Id}"]))
        {
            await stop.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        (await TradepostProcess.FinishAsync(worker)).ShouldSatisfyAllConditions(
            stopped => stopped.ExitCode.ShouldBe(130),
            stopped => stopped.Errors.ShouldEndWith("Stopped.\n"),
            stopped => stopped.Errors.ShouldNotContain(PostgresServer.Password + "@")
        );
        refused.ExitCode.ShouldBe(1);
        refused.Json().GetProperty("details").GetProperty("run").GetString().ShouldBe(queued.GetProperty("id").GetString());
        foreach (
            var field in new[]
            {
                "job",
                "state",
                "arguments",
                "attempt",
                "asked_by",
                "asked_how",
                "concurrency_key",
                "timeout_seconds",
                "error",
            }
        )
        {
            executed.GetProperty(field).GetRawText().ShouldBe(here.GetProperty(field).GetRawText());
        }

        executed
            .GetProperty("result")
            .GetProperty("rows_read")
            .GetInt64()
            .ShouldBe(here.GetProperty("result").GetProperty("rows_read").GetInt64());
        executed.EnumerateObject().Select(field => field.Name).ShouldBe(here.EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public async Task A_killed_call_does_not_hold_up_the_next()
    {
        var tradepost = await WithPostgresAsync();
        await tradepost.RunJsonAsync("retail", "generate", "--scale", "20");
        using (var killed = tradepost.Start("retail", "etl", "--mode", "full"))
        {
            while ((await tradepost.RunJsonAsync("jobs", "runs", "--job", "retail.etl")).GetProperty("items").GetArrayLength() == 0) { }

            killed.Kill();
            await killed.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var next = await tradepost.RunAsync("retail", "etl", "--mode", "full", "--json");

        next.ExitCode.ShouldBe(0, next.Output + next.Errors);
        var runs = (await tradepost.RunJsonAsync("jobs", "runs", "--job", "retail.etl")).GetProperty("items").EnumerateArray().ToList();
        runs[0].GetProperty("state").GetString().ShouldBe("succeeded");
        runs[1].GetProperty("state").GetString().ShouldBeOneOf("failed", "succeeded");
    }

    [Fact]
    public async Task Schedules_alerts_and_days_are_set_and_shown()
    {
        var tradepost = new TradepostProcess(folder.Path);

        var set = await tradepost.RunJsonAsync(
            "schedules",
            "set",
            "nightly",
            "--cron",
            "0 1 * * *",
            "--job",
            "retail.etl",
            "--mode",
            "full",
            "--max-deletes",
            "50"
        );
        var wrong = await tradepost.RunAsync("schedules", "set", "nightly", "--cron", "0 1 * * *", "--job", "retail.etl", "--mod", "full");
        var schedules = await tradepost.RunJsonAsync("schedules", "list");
        var alert = await tradepost.RunJsonAsync(
            "alerts",
            "set",
            "down",
            "--kind",
            "failed",
            "--url",
            "https://hooks.example.test/services/t0k3n"
        );
        var days = await tradepost.RunJsonAsync(
            "jobs",
            "backfill",
            "retail.etl",
            "--from",
            "2026-01-01",
            "--to",
            "2026-01-03",
            "--dry-run"
        );

        set.GetProperty("arguments").GetProperty("max_deletes").GetDouble().ShouldBe(50);
        (wrong.ExitCode, wrong.Errors).ShouldBe((2, "There is no argument --mod. Did you mean --mode?\n"));
        schedules
            .GetProperty("items")
            .EnumerateArray()
            .Where(schedule => schedule.GetProperty("job").GetString() == "retail.etl")
            .Select(Line)
            .ShouldBe(["nightly 0 1 * * * full", "retail.daily 0 2 * * * incremental", "retail.weekly 0 3 * * SUN full"]);
        alert.GetProperty("url").GetString().ShouldBe("https://hooks.example.test/…");
        days.GetProperty("counts").GetRawText().ShouldBe("""{"missing":3}""");

        static string Line(JsonElement schedule) =>
            $"{schedule.GetProperty("name")} {schedule.GetProperty("cron")} {schedule.GetProperty("arguments").GetProperty("mode")}";
    }

    private async Task<TradepostProcess> WithPostgresAsync()
    {
        var database = await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync();
        return new TradepostProcess(folder.Path) { Environment = { ["DATABASE_URL"] = database.Url } };
    }
}
