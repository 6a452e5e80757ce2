using Tradepost.Arguments;
using Tradepost.Jobs.Backfills;
using Tradepost.Jobs.Runs;

namespace Tradepost.Jobs.Tests.Backfills;

public sealed class BackfillsOnDuckDb() : BackfillContract(StoreKind.DuckDb);

public sealed class BackfillsOnPostgres() : BackfillContract(StoreKind.Postgres);

/// <summary>What holds for backfills on every store.</summary>
public abstract class BackfillContract(StoreKind kind)
{
    private static readonly DateOnly First = new(2026, 1, 1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_what_is_missing_or_failed_runs_again()
    {
        await using var world = await JobWorld.CreateAsync(kind);
        await using var worker = world.StartWorker(1);
        await world.Runs.WaitAsync((await world.StartAsync("test.days", new { from = "2026-01-02", to = "2026-01-03" })).Id, Cancellation);
        await world.ExecuteAsync("INSERT INTO published VALUES ('bad-2026-01-04')");

        var failed = await BackfillAsync(world, 5);
        var between = await DaysAsync(world, 6);
        await world.ExecuteAsync("DELETE FROM published WHERE text LIKE 'bad-%'");
        var succeeded = await BackfillAsync(world, 6);

        failed.State.ShouldBe(RunState.Failed);
        failed.Error.ShouldBe("1 of 4 days of test.days failed, the first 2026-01-04; started again, the backfill does only those.");
        between.ShouldBe([DayState.Done, DayState.Done, DayState.Done, DayState.Failed, DayState.Done, DayState.Missing]);
        succeeded.Result!.ToJsonString().ShouldBe("""{"days":6,"already_done":4,"loaded":2}""");
        (await world.PublishedAsync()).ShouldBe(Enumerable.Range(0, 6).Select(i => $"{First.AddDays(i):yyyy-MM-dd}"));
        (await DaysAsync(world, 6)).ShouldAllBe(day => day == DayState.Done);
        var children = await world.Runs.ListAsync(new RunFilter { ParentId = succeeded.Id }, Cancellation);
        children
            .Items.Select(run => (run.Job, run.AskedHow, run.State))
            .ShouldBe(Enumerable.Repeat(("test.days", AskedHow.Backfill, RunState.Succeeded), 2));
    }

    [Fact]
    public async Task A_backfill_waits_for_whoever_has_the_jobs_key_and_ends_when_it_is_cancelled()
    {
        await using var world = await JobWorld.CreateAsync(kind);
        var inTheWay = await world.StartAsync("test.days", new { from = "2025-01-01", to = "2025-01-02" });
        await world.ExecuteAsync($"UPDATE job_runs SET due_at = due_at + INTERVAL '1 day' WHERE id = '{inTheWay.Id}'");
        await using var worker = world.StartWorker(1);

        var backfill = await world.Jobs.Backfills.StartAsync(
            new BackfillOptions
            {
                Job = "test.days",
                From = First,
                To = First,
            },
            JobWorld.Admin,
            Cancellation
        );
        await world.UntilAsync(backfill.Id, run => run.Progress?.Step == "2026-01-01");
        await world.Runs.CancelAsync(backfill.Id, "admin", Cancellation);

        (await world.Runs.WaitAsync(backfill.Id, Cancellation)).State.ShouldBe(RunState.Cancelled);
        (await world.PublishedAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_cannot_be_backfilled_is_refused_before_anything_starts()
    {
        await using var world = await JobWorld.CreateAsync(kind);

        (
            await RefusedAsync(
                new BackfillOptions
                {
                    Job = "test.nothing",
                    From = First,
                    To = First,
                }
            )
        ).Allowed.ShouldBe(["test.days"]);
        (
            await RefusedAsync(
                new BackfillOptions
                {
                    Job = "test.days",
                    From = First,
                    To = First.AddDays(-1),
                }
            )
        ).Field.ShouldBe("to");
        (
            await RefusedAsync(
                new BackfillOptions
                {
                    Job = "test.days",
                    From = First,
                    To = First,
                    Arguments = "[",
                }
            )
        ).Field.ShouldBe("arguments");
        (
            await RefusedAsync(
                new BackfillOptions
                {
                    Job = "test.days",
                    From = First,
                    To = First,
                    Arguments = """{"form": 1}""",
                }
            )
        ).Field.ShouldBe("form");
        (await world.Runs.ListAsync(new RunFilter(), Cancellation)).Items.ShouldBeEmpty();

        Task<WrongArgumentException> RefusedAsync(BackfillOptions options) =>
            Should.ThrowAsync<WrongArgumentException>(() => world.Jobs.Backfills.StartAsync(options, JobWorld.Admin, Cancellation));
    }

    private static async Task<Run> BackfillAsync(JobWorld world, int days) =>
        await world.Runs.WaitAsync(
            (
                await world.Jobs.Backfills.StartAsync(
                    new BackfillOptions
                    {
                        Job = "test.days",
                        From = First,
                        To = First.AddDays(days - 1),
                    },
                    JobWorld.Admin,
                    Cancellation
                )
            ).Id,
            Cancellation
        );

    private static async Task<IEnumerable<DayState>> DaysAsync(JobWorld world, int days) =>
        (await world.Jobs.Backfills.DaysAsync("test.days", First, First.AddDays(days - 1), Cancellation)).Select(day => day.State);
}
