using Tradepost.Jobs.Runs;
using Tradepost.Tests.Support;

namespace Tradepost.Jobs.Tests.Workers;

/// <summary>Workers that die, sleep or lose their server.</summary>
public sealed class KilledWorkerTests
{
    private const string Clock = "(now() AT TIME ZONE 'UTC')";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_worker_killed_in_the_middle_of_fifty_runs_loses_none_and_repeats_none()
    {
        await using var world = await JobWorld.CreateAsync(StoreKind.Postgres);
        using var doomed = await WorkerProcess.StartAsync(world);
        var runs = new List<Run>();
        for (var i = 0; i < 50; i++)
        {
            runs.Add(await world.StartAsync("test.publish", new { text = $"run-{i:00}", milliseconds = 50 }));
        }

        await world.UntilAsync(runs[20].Id, run => run.State != RunState.Queued);
        await doomed.KillAsync();
        using var other = await WorkerProcess.StartAsync(world);
        var ended = await Task.WhenAll(runs.Select(run => world.Runs.WaitAsync(run.Id, Cancellation)));

        ended.ShouldAllBe(run => run.State == RunState.Succeeded);
        ended.Count(run => run.Attempt == 2).ShouldBeInRange(0, 4);
        (await world.PublishedAsync()).ShouldBe(Enumerable.Range(0, 50).Select(i => $"run-{i:00}"));
        await other.StopAsync();
    }

    [Fact]
    public async Task A_worker_that_wakes_up_late_publishes_nothing_a_second_time()
    {
        await using var world = await JobWorld.CreateAsync(StoreKind.Postgres);
        using var sleeper = await WorkerProcess.StartAsync(world);
        var run = await world.StartAsync("test.publish", new { text = "once", milliseconds = 1000 });
        await world.UntilAsync(run.Id, r => r.State == RunState.Running);
        await sleeper.PauseAsync();

        Run ended;
        await using (world.StartWorker())
        {
            ended = await world.Runs.WaitAsync(run.Id, Cancellation); // taken over when the lease has run out
        }

        await sleeper.ResumeAsync();
        var next = await world.Runs.WaitAsync((await world.StartAsync("test.publish", new { text = "next" })).Id, Cancellation); // the sleeper is awake
        await sleeper.StopAsync();

        (ended.State, ended.Attempt).ShouldBe((RunState.Succeeded, 2));
        next.State.ShouldBe(RunState.Succeeded);
        (await world.PublishedAsync()).ShouldBe(["next", "once"]);
        (await world.Runs.GetAsync(run.Id, Cancellation)).ShouldSatisfyAllConditions(
            again => again.State.ShouldBe(RunState.Succeeded),
            again => again.FinishedAt.ShouldBe(ended.FinishedAt),
            again => again.Attempt.ShouldBe(2)
        );
    }

    [Fact]
    public async Task A_run_of_a_dead_process_is_found_as_soon_as_the_embedded_store_is_used_again()
    {
        using var folder = new TemporaryFolder();
        var url = $"duckdb://{folder.Combine("store.duckdb")}";
        await using var world = await JobWorld.OpenAsync(new TemporaryFolder(), url, TimeProvider.System);
        var (free, once) = (await world.StartAsync("test.nothing"), await world.StartAsync("test.alone"));
        await world.ExecuteAsync("UPDATE job_runs SET state = 'running', attempt = 1, fence = 1, worker = 'machine|boot|1|1|1'");
        await world.ExecuteAsync("UPDATE job_runs SET max_attempts = 1 WHERE job = 'test.alone'");

        var again = await world.StartAsync("test.alone"); // what was in the way is looked at first
        await using var worker = world.StartWorker();
        var ended = await world.Runs.WaitAsync(free.Id, Cancellation);

        again.State.ShouldBe(RunState.Queued);
        (ended.State, ended.Attempt).ShouldBe((RunState.Succeeded, 2));
        (await world.Runs.GetAsync(once.Id, Cancellation)).ShouldSatisfyAllConditions(
            run => run.State.ShouldBe(RunState.Failed),
            run => run.ErrorKind.ShouldBe("interrupted")
        );
    }

    [Fact]
    public async Task A_server_that_is_away_for_a_while_loses_no_run()
    {
        await using var server = await Servers.RequireAsync(PostgresServer.StartDedicatedAsync);
        await using var world = await JobWorld.CreateAsync(StoreKind.Postgres, server: server);
        var runs = new List<Run>();
        for (var i = 0; i < 60; i++)
        {
            runs.Add(await world.StartAsync("test.publish", new { text = $"run-{i:00}", milliseconds = 30 }));
        }

        await using var one = world.StartWorker();
        using var other = await WorkerProcess.StartAsync(world);
        await world.UntilAsync(runs[20].Id, run => run.State != RunState.Queued);
        await server.StopAsync();
        await Task.Delay(JobWorld.Quick.Lease + TimeSpan.FromSeconds(1), Cancellation);
        await server.StartAgainAsync();
        var ended = await Task.WhenAll(runs.Select(run => world.Runs.WaitAsync(run.Id, Cancellation)));
        await other.StopAsync();

        ended.ShouldAllBe(run => run.State == RunState.Succeeded);
        (await world.PublishedAsync()).ShouldBe(Enumerable.Range(0, 60).Select(i => $"run-{i:00}"));
    }

    [Fact]
    public async Task Work_that_ends_while_the_server_is_away_is_recorded_when_it_is_back_and_not_done_again()
    {
        await using var server = await Servers.RequireAsync(PostgresServer.StartDedicatedAsync);
        await using var world = await JobWorld.CreateAsync(StoreKind.Postgres, server: server);
        await using var one = world.StartWorker();
        using var other = await WorkerProcess.StartAsync(world); // each would take over what has no process
        var run = await world.StartAsync("test.talk", new { text = "hello", milliseconds = 1000 });
        await world.UntilAsync(run.Id, r => r.State == RunState.Running);

        await server.StopAsync();
        await Task.Delay(JobWorld.Quick.Lease + TimeSpan.FromSeconds(2), Cancellation); // the work ends, and its lease, too
        await server.StartAgainAsync();
        var ended = await world.Runs.WaitAsync(run.Id, Cancellation);
        await other.StopAsync();

        (ended.State, ended.Attempt, ended.Error).ShouldBe((RunState.Succeeded, 1, null));
    }

    [Fact]
    public async Task A_clock_of_the_server_that_jumps_takes_no_live_run_for_dead()
    {
        await using var world = await JobWorld.CreateAsync(StoreKind.Postgres);
        await using var one = world.StartWorker();
        using var other = await WorkerProcess.StartAsync(world);
        var run = await world.StartAsync("test.talk", new { text = "hello", milliseconds = 4000 });
        await world.UntilAsync(run.Id, r => r.State == RunState.Running);

        foreach (var hours in new[] { 1, -1, 1, -1, 1, 1, 1 }) // what a renewal before the jump looks like after it
        {
            await world.ExecuteAsync($"UPDATE job_runs SET lease_until = lease_until - INTERVAL '{hours} hours'");
            await Task.Delay(400, Cancellation);
        }

        var ended = await world.Runs.WaitAsync(run.Id, Cancellation);
        await other.StopAsync();

        (ended.State, ended.Attempt, ended.Error).ShouldBe((RunState.Succeeded, 1, null));
    }

    [Fact]
    public async Task A_run_of_another_machine_that_is_gone_makes_way_for_who_asks_for_it()
    {
        await using var world = await JobWorld.CreateAsync(StoreKind.Postgres);
        var (gone, live) = (await world.StartAsync("test.alone"), await world.StartAsync("test.nothing"));
        await world.ExecuteAsync(
            $"UPDATE job_runs SET state = 'running', attempt = 1, fence = 1, max_attempts = 1, worker = 'elsewhere|boot|1|1|1', lease_until = {Clock} - INTERVAL '1 minute' WHERE id = '{gone.Id}'"
        );
        await world.ExecuteAsync(
            $"UPDATE job_runs SET state = 'running', attempt = 1, fence = 1, worker = 'elsewhere|boot|2|1|1', lease_until = {Clock} + INTERVAL '1 hour' WHERE id = '{live.Id}'"
        );

        var again = await world.StartAsync("test.alone"); // it is watched for the length of a lease first

        again.Id.ShouldNotBe(gone.Id);
        (await world.Runs.GetAsync(gone.Id, Cancellation)).ErrorKind.ShouldBe("interrupted");
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task What_was_queued_before_the_clock_was_put_back_starts_at_once(StoreKind kind)
    {
        await using var world = await JobWorld.CreateAsync(kind);
        var run = await world.StartAsync("test.nothing");
        await world.ExecuteAsync("UPDATE job_runs SET queued_at = queued_at + INTERVAL '1 hour', due_at = due_at + INTERVAL '1 hour'");

        await using var worker = world.StartWorker();

        (await world.Runs.WaitAsync(run.Id, Cancellation)).State.ShouldBe(RunState.Succeeded);
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task A_run_that_died_after_it_had_published_has_succeeded(StoreKind kind)
    {
        await using var world = await JobWorld.CreateAsync(kind);
        var (dead, lost) = (
            await world.StartAsync("test.publish", new { text = "dead" }),
            await world.StartAsync("test.publish", new { text = "lost" })
        );
        await world.ExecuteAsync("INSERT INTO job_publications SELECT id, queued_at FROM job_runs");
        await world.ExecuteAsync(
            $"UPDATE job_runs SET state = 'running', attempt = 1, lease_until = TIMESTAMP '2020-01-01' WHERE id = '{dead.Id}'"
        );
        await world.ExecuteAsync($"UPDATE job_runs SET attempt = 1 WHERE id = '{lost.Id}'"); // its commit was not confirmed, and it was queued again

        await using var worker = world.StartWorker();
        var ended = new[] { await world.Runs.WaitAsync(dead.Id, Cancellation), await world.Runs.WaitAsync(lost.Id, Cancellation) };

        ended.ShouldAllBe(run => run.State == RunState.Succeeded);
        (await world.PublishedAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_worker_hears_of_a_run_that_another_process_starts_without_asking()
    {
        await using var world = await JobWorld.CreateAsync(StoreKind.Postgres);
        await using var patient = new JobHost(
            world.Settings,
            world.Store,
            TestJobs.Catalogue,
            TimeProvider.System,
            options: JobWorld.Quick with
            {
                Poll = TimeSpan.FromHours(1),
                Heartbeat = TimeSpan.FromHours(1),
                Lease = TimeSpan.FromHours(2),
            }
        );
        await using var worker = new RunningWorker(patient, 1);
        await using var other = await JobWorld.OpenAsync(
            new TemporaryFolder(),
            world.Settings.Find("DATABASE_URL")! + "&application_name=other",
            TimeProvider.System
        );
        await world.Runs.WaitAsync((await world.StartAsync("test.nothing")).Id, Cancellation);

        var heard = await other.Runs.WaitAsync((await other.StartAsync("test.nothing")).Id, Cancellation);
        var alone = await other.StartAsync("test.alone");
        await other.UntilAsync(alone.Id, run => run.State == RunState.Running);
        await other.Runs.CancelAsync(alone.Id, "somebody", Cancellation);

        heard.State.ShouldBe(RunState.Succeeded);
        (await other.Runs.WaitAsync(alone.Id, Cancellation)).State.ShouldBe(RunState.Cancelled);
    }
}
