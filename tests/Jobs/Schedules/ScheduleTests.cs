using System.Text.Json.Nodes;
using Tradepost.Arguments;
using Tradepost.Jobs.Runs;
using Tradepost.Jobs.Schedules;
using Tradepost.Tests.Support;

namespace Tradepost.Jobs.Tests.Schedules;

public sealed class SchedulesOnDuckDb() : ScheduleContract(StoreKind.DuckDb);

public sealed class SchedulesOnPostgres() : ScheduleContract(StoreKind.Postgres);

/// <summary>What holds for schedules on every store.</summary>
public abstract class ScheduleContract(StoreKind kind)
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 30, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_schedule_starts_its_job_at_its_time_once_however_many_schedulers_run()
    {
        var time = new ManualTime(Start);
        await using var world = await JobWorld.CreateAsync(kind, time);
        var set = await SetAsync(world, "0 * * * *", "test.talk", new JsonObject { ["text"] = "hello" });
        await TickAsync(world);
        time.Set(new DateTimeOffset(2026, 3, 1, 13, 0, 1, TimeSpan.Zero));

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => TickAsync(world))));

        set.NextAt.ShouldBe(new DateTime(2026, 3, 1, 13, 0, 0));
        var run = (await world.Runs.ListAsync(new RunFilter(), Cancellation)).Items.Single();
        (run.Job, run.AskedBy, run.AskedHow, run.State).ShouldBe(("test.talk", "mine", AskedHow.Schedule, RunState.Queued));
        run.Arguments["text"]!.GetValue<string>().ShouldBe("hello");
        (await world.Jobs.Schedules.FiresAsync("mine", 10, Cancellation)).ShouldBe([
            new ScheduleFire("mine", new DateTime(2026, 3, 1, 13, 0, 0), "started", run.Id, null),
        ]);
        (await world.Jobs.Schedules.GetAsync("mine", Cancellation)).NextAt.ShouldBe(new DateTime(2026, 3, 1, 14, 0, 0));
    }

    [Theory]
    [InlineData(MisfirePolicy.RunOnce, "started", 1)]
    [InlineData(MisfirePolicy.Skip, "missed", 0)]
    public async Task Missed_times_are_made_up_for_once_or_not_at_all(MisfirePolicy misfire, string state, int runs)
    {
        var time = new ManualTime(Start);
        await using var world = await JobWorld.CreateAsync(kind, time);
        await world.Jobs.Schedules.SetAsync(
            new NewSchedule
            {
                Name = "mine",
                Job = "test.nothing",
                Cron = "0 * * * *",
                Misfire = misfire,
            },
            JobWorld.Admin,
            Cancellation
        );
        time.Set(Start.AddHours(5).AddMinutes(20));

        await TickAsync(world);
        await TickAsync(world);

        var fire = (await world.Jobs.Schedules.FiresAsync("mine", 10, Cancellation)).Single();
        (fire.FireAt, fire.State, fire.Note).ShouldBe(
            (new DateTime(2026, 3, 1, 17, 0, 0), state, "No scheduler ran at 2026-03-01 17:00 UTC.")
        );
        (await world.Runs.ListAsync(new RunFilter(), Cancellation)).Items.Count.ShouldBe(runs);
    }

    [Fact]
    public async Task A_run_that_is_still_active_is_left_alone_waited_for_or_cancelled()
    {
        var time = new ManualTime(Start);
        await using var world = await JobWorld.CreateAsync(kind, time);
        var active = await world.StartAsync("test.alone");
        foreach (var overlap in Enum.GetValues<OverlapPolicy>())
        {
            await world.Jobs.Schedules.SetAsync(
                new NewSchedule
                {
                    Name = $"{overlap}",
                    Job = "test.alone",
                    Cron = "0 13 * * *",
                    Overlap = overlap,
                },
                JobWorld.Admin,
                Cancellation
            );
            await world.Jobs.Schedules.PauseAsync($"{overlap}", "admin", Cancellation);
        }

        async Task<ScheduleFire> FireAsync(OverlapPolicy overlap, int day)
        {
            await world.Jobs.Schedules.ResumeAsync($"{overlap}", new Asker("admin", AskedHow.Cli), Cancellation);
            time.Set(new DateTimeOffset(2026, 3, day, 13, 0, 1, TimeSpan.Zero));
            await TickAsync(world);
            return (await world.Jobs.Schedules.FiresAsync($"{overlap}", 1, Cancellation)).Single();
        }

        (await FireAsync(OverlapPolicy.Skip, 1)).ShouldSatisfyAllConditions(
            fire => fire.State.ShouldBe("skipped"),
            fire => fire.Note!.ShouldContain(active.Id.ToString())
        );
        await world.Jobs.Schedules.RemoveAsync("Skip", Cancellation);
        (await FireAsync(OverlapPolicy.Queue, 2)).State.ShouldBe("waiting");
        await world.Runs.CancelAsync(active.Id, "admin", Cancellation);
        await TickAsync(world);
        var queued = (await world.Jobs.Schedules.FiresAsync("Queue", 1, Cancellation)).Single();
        queued.State.ShouldBe("started");
        await world.Jobs.Schedules.RemoveAsync("Queue", Cancellation);
        (await FireAsync(OverlapPolicy.CancelRunning, 3)).State.ShouldBe("waiting");
        (await world.Runs.GetAsync(queued.RunId!.Value, Cancellation)).State.ShouldBe(RunState.Cancelled);
        await TickAsync(world);
        (await world.Jobs.Schedules.FiresAsync("CancelRunning", 1, Cancellation)).Single().State.ShouldBe("started");
    }

    [Fact]
    public async Task A_paused_schedule_starts_nothing_and_goes_on_from_its_next_time()
    {
        var time = new ManualTime(Start);
        await using var world = await JobWorld.CreateAsync(kind, time);
        await SetAsync(world, "0 * * * *");

        var paused = await world.Jobs.Schedules.PauseAsync("mine", "admin", Cancellation);
        time.Set(Start.AddHours(3));
        await TickAsync(world);
        var resumed = await world.Jobs.Schedules.ResumeAsync("mine", new Asker("admin", AskedHow.Cli), Cancellation);
        await TickAsync(world);

        (paused.IsPaused, paused.NextAt).ShouldBe((true, null));
        resumed.NextAt.ShouldBe(new DateTime(2026, 3, 1, 16, 0, 0));
        (await world.Runs.ListAsync(new RunFilter(), Cancellation)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_programs_own_schedules_are_given_once_and_do_not_come_back()
    {
        await using var world = await JobWorld.CreateAsync(kind);

        await world.Jobs.Schedules.SeedAsync(Cancellation);
        var names = (await world.Jobs.Schedules.ListAsync(Cancellation)).Select(schedule => schedule.Name).ToList();
        await world.Jobs.Schedules.RemoveAsync("own.daily", Cancellation);
        await world.Jobs.Schedules.SeedAsync(Cancellation);

        names.ShouldBe(["own.daily", "own.weekly"]);
        (await world.Jobs.Schedules.ListAsync(Cancellation)).Select(schedule => schedule.Name).ShouldBe(["own.weekly"]);
    }

    [Theory]
    [InlineData("0 2 * *", "UTC", "cron")]
    [InlineData("99 2 * * *", "UTC", "cron")]
    [InlineData("* 24 * * *", "UTC", "cron")]
    [InlineData("0 0 31 2 *", "UTC", "cron")]
    [InlineData("0 0 0 * * *", "UTC", "cron")]
    [InlineData("soon", "UTC", "cron")]
    [InlineData("0 2 * * *", "Mars/Olympus", "time_zone")]
    public async Task What_is_no_time_is_refused_with_the_field(string cron, string zone, string field)
    {
        await using var world = await JobWorld.CreateAsync(kind);

        var refused = await Should.ThrowAsync<WrongArgumentException>(() =>
            world.Jobs.Schedules.SetAsync(
                new NewSchedule
                {
                    Name = "mine",
                    Job = "test.nothing",
                    Cron = cron,
                    TimeZone = zone,
                },
                JobWorld.Admin,
                Cancellation
            )
        );

        refused.Field.ShouldBe(field);
        refused.Message.ShouldStartWith($"{field} is \"{(field == "cron" ? cron : zone)}\"");
        (await world.Jobs.Schedules.ListAsync(Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Times_follow_the_zone_across_its_changes()
    {
        await using var world = await JobWorld.CreateAsync(kind, new ManualTime(new DateTimeOffset(2026, 3, 27, 12, 0, 0, TimeSpan.Zero)));
        var nightly = await world.Jobs.Schedules.SetAsync(
            new NewSchedule
            {
                Name = "mine",
                Job = "test.nothing",
                Cron = "30 2 * * *",
                TimeZone = "Europe/Paris",
            },
            JobWorld.Admin,
            Cancellation
        );

        world
            .Jobs.Schedules.NextTimes(nightly, 3)
            .ShouldBe([
                new DateTime(2026, 3, 28, 1, 30, 0),
                new DateTime(2026, 3, 29, 1, 0, 0), // there is no 02:30 that night; 03:00 is the first moment after
                new DateTime(2026, 3, 30, 0, 30, 0),
            ]);
    }

    private static Task<Schedule> SetAsync(JobWorld world, string cron, string job = "test.nothing", JsonObject? arguments = null) =>
        world.Jobs.Schedules.SetAsync(
            new NewSchedule
            {
                Name = "mine",
                Job = job,
                Cron = cron,
                Arguments = arguments ?? [],
            },
            JobWorld.Admin,
            Cancellation
        );

    private static Task TickAsync(JobWorld world) => world.Jobs.CreateScheduler().TickAsync(Cancellation);
}
