using System.Text.Json;
using Tradepost.Jobs.Rights;
using Tradepost.Jobs.Runs;
using Tradepost.Jobs.Schedules;
using Tradepost.Tests.Support;

namespace Tradepost.Jobs.Tests.Rights;

/// <summary>With whose rights a run is executed, whichever way it came to be.</summary>
public sealed class JobRightsTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 30, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(AskerRole.Analyst, "refused")]
    [InlineData(AskerRole.Admin, "started")]
    [InlineData(AskerRole.Operator, "started")]
    public async Task A_schedule_runs_with_the_rights_that_whoever_set_it_had(AskerRole role, string state)
    {
        var time = new ManualTime(Start);
        await using var world = await JobWorld.CreateAsync(StoreKind.DuckDb, time);
        await world.Jobs.Schedules.SetAsync(
            new NewSchedule
            {
                Name = "mine",
                Job = "test.reserved",
                Cron = "0 * * * *",
            },
            new Asker("anna@example.test", AskedHow.Api) { Role = AskerRole.Operator },
            Cancellation
        );
        await world.ExecuteAsync($"UPDATE job_schedules SET set_as = '{role.ToString().ToLowerInvariant()}'");
        time.Set(Start.AddHours(1));

        await world.Jobs.CreateScheduler().TickAsync(Cancellation);

        (await world.Jobs.Schedules.FiresAsync("mine", 1, Cancellation)).Single().State.ShouldBe(state);
    }

    [Theory]
    [InlineData("anna@example.test", AskerRole.Analyst)] // a user, of whom no more is known than that
    [InlineData("root", AskerRole.Operator)]
    public async Task A_schedule_of_an_older_version_has_the_rights_that_are_certain(string by, AskerRole role)
    {
        await using var world = await JobWorld.CreateAsync(StoreKind.DuckDb);
        await world.Jobs.Schedules.SetAsync(
            new NewSchedule
            {
                Name = "old",
                Job = "test.nothing",
                Cron = "0 * * * *",
            },
            new Asker(by, AskedHow.Cli),
            Cancellation
        );
        await world.ExecuteAsync("UPDATE job_schedules SET set_as = NULL");

        (await world.Jobs.Schedules.GetAsync("old", Cancellation)).SetAs.ShouldBe(role);
    }

    [Fact]
    public async Task A_run_that_waits_is_executed_with_the_rights_of_who_asked_and_not_of_the_worker()
    {
        await using var world = await JobWorld.CreateAsync(StoreKind.DuckDb);
        var run = await world.Runs.StartAsync(
            TestJobs.Catalogue.Get("test.reserved"),
            new TestJobs.None(),
            JobWorld.Somebody,
            null,
            Cancellation
        );
        await using var worker = world.StartWorker();

        var ended = await world.Runs.WaitAsync(run.Id, Cancellation);

        (ended.State, ended.Error).ShouldBe((RunState.Failed, "The role analyst may not run test.reserved; admin may."));
    }

    [Fact]
    public async Task To_resume_a_schedule_takes_the_rights_to_run_its_job()
    {
        await using var world = await JobWorld.CreateAsync(StoreKind.DuckDb);
        await world.Jobs.Schedules.SetAsync(
            new NewSchedule
            {
                Name = "mine",
                Job = "test.reserved",
                Cron = "0 * * * *",
                IsPaused = true,
            },
            JobWorld.Admin,
            Cancellation
        );

        await Should.ThrowAsync<JobRightsException>(() => world.Jobs.Schedules.ResumeAsync("mine", JobWorld.Somebody, Cancellation));

        (await world.Jobs.Schedules.GetAsync("mine", Cancellation)).IsPaused.ShouldBeTrue();
    }

    [Fact]
    public async Task What_somebody_may_not_start_is_not_repeated_for_him_either()
    {
        await using var world = await JobWorld.CreateAsync(StoreKind.DuckDb);
        var run = await world.Runs.StartAsync("test.reserved", JsonElement.Parse("{}"), JobWorld.Admin, null, Cancellation);
        await world.Runs.CancelAsync(run.Id, "admin", Cancellation);

        await Should.ThrowAsync<JobRightsException>(() => world.Runs.RetryAsync(run.Id, JobWorld.Somebody, Cancellation));
    }
}
