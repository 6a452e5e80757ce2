using Tradepost.Jobs.Backfills;
using Tradepost.Jobs.Upkeep;
using Tradepost.Tests.Support;

namespace Tradepost.Jobs.Tests.Upkeep;

public sealed class UpkeepOnDuckDb() : UpkeepContract(StoreKind.DuckDb);

public sealed class UpkeepOnPostgres() : UpkeepContract(StoreKind.Postgres);

/// <summary>What holds for the removal of what is old on every store.</summary>
public abstract class UpkeepContract(StoreKind kind)
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Old_runs_go_with_all_that_belongs_to_them_and_the_last_of_each_job_stay()
    {
        await using var world = await JobWorld.CreateAsync(kind, new ManualTime(Start));
        await AddRunsAsync(world, "busy", count: 1100, daysAgo: 100);
        await AddRunsAsync(world, "busy", count: 5, daysAgo: 1);
        await AddRunsAsync(world, "rare", count: 21, daysAgo: 500);
        await AddRunsAsync(world, "waiting", count: 30, daysAgo: 500, state: "queued");

        var removed = await world.Jobs.CreateUpkeep().TickAsync(Cancellation);

        removed.ShouldBe(new Removed(1100 - 15 + 1, 0));
        foreach (var (job, left) in new[] { ("busy", 20), ("rare", 20), ("waiting", 30) })
        {
            (await world.ScalarAsync<long>($"SELECT count(*) FROM job_runs WHERE job = '{job}'")).ShouldBe(left, job);
        }

        (await world.ScalarAsync<long>("SELECT count(*) FROM job_run_logs")).ShouldBe(70);
        (await world.ScalarAsync<long>("SELECT count(*) FROM job_publications")).ShouldBe(70);
        (
            await world.ScalarAsync<long>("SELECT count(*) FROM job_runs WHERE job = 'busy' AND finished_at > TIMESTAMP '2026-05-30'")
        ).ShouldBe(5);
    }

    [Fact]
    public async Task Days_that_were_done_stay_done_and_only_their_logs_go()
    {
        await using var world = await JobWorld.CreateAsync(kind, new ManualTime(Start));
        await AddRunsAsync(world, "test.days", count: 30, daysAgo: 100);
        await world.ExecuteAsync("UPDATE job_runs SET interval_from = DATE '2026-01-01', interval_to = DATE '2026-01-02'");

        var removed = await world.Jobs.CreateUpkeep().TickAsync(Cancellation);

        removed.ShouldBe(new Removed(0, 0));
        (await world.Jobs.Backfills.DaysAsync("test.days", new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 1), Cancellation))
            .Single()
            .State.ShouldBe(DayState.Done);
        (await world.ScalarAsync<long>("SELECT count(*) FROM job_run_logs")).ShouldBe(20);
    }

    [Fact]
    public async Task Times_of_schedules_told_alerts_and_the_tables_of_others_are_kept_for_their_time()
    {
        await using var world = await JobWorld.CreateAsync(kind, new ManualTime(Start));
        await world.ExecuteAsync("CREATE TABLE notes (id text, noted_at timestamp)");
        await world.ExecuteAsync($"INSERT INTO notes SELECT 'note-' || CAST(n AS text), {Ago(399)} FROM {Numbers(3)}");
        await world.ExecuteAsync($"INSERT INTO notes SELECT 'old-' || CAST(n AS text), {Ago(401)} FROM {Numbers(1200)}");
        foreach (
            var (days, state, told) in new[]
            {
                (91, "started", "given_up_at"),
                (91, "waiting", "last_error"),
                (89, "started", "delivered_at"),
            }
        )
        {
            var at = told == "last_error" ? "'x'" : Ago(days);
            await world.ExecuteAsync(
                $"INSERT INTO job_schedule_fires (schedule, fire_at, state, decided_at) VALUES ('{state}', {Ago(days)}, '{state}', {Ago(days)})"
            );
            await world.ExecuteAsync(
                $"INSERT INTO job_alerts (id, rule, message, payload, raised_at, next_try_at, attempts, {told}) VALUES ('{told}', 'r', 'm', '{{}}', {Ago(days)}, {Ago(days)}, 1, {at})"
            );
        }

        await using var jobs = new JobHost(
            world.Settings,
            world.Store,
            TestJobs.Catalogue,
            world.Jobs.Time,
            options: JobWorld.Quick with
            {
                Retention = new RetentionOptions
                {
                    Tables =
                    [
                        new AgedTable("notes", ["id", "noted_at"], "noted_at", TimeSpan.FromDays(400)) { Condition = "id <> 'old-7'" },
                    ],
                },
            }
        );
        var removed = await jobs.CreateUpkeep().TickAsync(Cancellation);

        removed.ShouldBe(new Removed(0, 1201));
        (await world.ScalarAsync<long>("SELECT count(*) FROM notes")).ShouldBe(4);
        (await world.ScalarAsync<long>("SELECT count(*) FROM job_schedule_fires")).ShouldBe(2);
        (await world.ScalarAsync<long>("SELECT count(*) FROM job_alerts WHERE id = 'given_up_at'")).ShouldBe(0);
        (await world.ScalarAsync<long>("SELECT count(*) FROM job_alerts")).ShouldBe(2);
    }

    [Fact]
    public async Task It_is_done_once_a_day_however_many_processes_there_are()
    {
        var time = new ManualTime(Start);
        await using var world = await JobWorld.CreateAsync(kind, time);

        async Task<int> DoneAsync() =>
            (
                await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => world.Jobs.CreateUpkeep().TickAsync(Cancellation))))
            ).Count(removed => removed is not null);

        (await DoneAsync()).ShouldBe(1);
        time.Set(Start.AddHours(23));
        (await DoneAsync()).ShouldBe(0);
        time.Set(Start.AddHours(24));
        (await DoneAsync()).ShouldBe(1);
    }

    private static Task AddRunsAsync(JobWorld world, string job, int count, int daysAgo, string state = "succeeded")
    {
        // Ids grow with time, as those of runs do.
        var prefix = $"{9000 - daysAgo:00000000}-0000-7000-8000-";
        var id = $"CAST('{prefix}' || lpad(CAST(n AS text), 8, '0') || '{job.Length:0000}' AS uuid)";
        var finished = state == "succeeded" ? Ago(daysAgo) : "NULL";
        return world.ExecuteAsync(
            $"""
            INSERT INTO job_runs (id, job, arguments, state, asked_by, asked_how, queued_at, due_at, finished_at, max_attempts, timeout_seconds)
            SELECT {id}, '{job}', '{"{}"}', '{state}', 'somebody', 'api', {Ago(daysAgo)}, {Ago(daysAgo)}, {finished}, 1, 1 FROM {Numbers(
                count
            )};
            INSERT INTO job_run_logs (run_id, number, logged_at, level, message) SELECT id, 1, queued_at, 'information', 'hello' FROM job_runs r WHERE NOT EXISTS (SELECT 1 FROM job_run_logs l WHERE l.run_id = r.id);
            INSERT INTO job_publications (run_id, published_at) SELECT id, queued_at FROM job_runs r WHERE NOT EXISTS (SELECT 1 FROM job_publications p WHERE p.run_id = r.id);
            """
        );
    }

    private static string Numbers(int count) => $"generate_series(1, {count}) AS numbers (n)";

    private static string Ago(int days) => $"TIMESTAMP '{Start.AddDays(-days).UtcDateTime:yyyy-MM-dd HH:mm:ss}'";
}
