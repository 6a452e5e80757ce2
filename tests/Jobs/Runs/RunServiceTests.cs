using Tradepost.Arguments;
using Tradepost.Jobs.Runs;

namespace Tradepost.Jobs.Tests.Runs;

public sealed class RunsOnDuckDb() : RunServiceContract(StoreKind.DuckDb);

public sealed class RunsOnPostgres() : RunServiceContract(StoreKind.Postgres);

/// <summary>What holds for runs on every store.</summary>
public abstract class RunServiceContract(StoreKind kind)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_is_started_is_executed_and_keeps_all_about_itself()
    {
        await using var world = await JobWorld.CreateAsync(kind);
        await using var worker = world.StartWorker();

        var started = await world.StartAsync("test.talk", new { text = "hello" });
        var run = await world.Runs.WaitAsync(started.Id, Cancellation);

        started.State.ShouldBe(RunState.Queued);
        run.State.ShouldBe(RunState.Succeeded);
        run.Arguments.ToJsonString().ShouldBe("""{"text":"hello","milliseconds":0}""");
        run.Result!["said"]!.GetValue<string>().ShouldBe("hello");
        (run.AskedBy, run.AskedHow, run.Attempt).ShouldBe((JobWorld.Somebody.Name, AskedHow.Api, 1));
        run.Progress.ShouldBe(new RunProgress("talking", 2, 2));
        run.StartedAt.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(run.QueuedAt);
        run.FinishedAt.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(run.StartedAt.Value);
        run.Error.ShouldBeNull();
    }

    [Fact]
    public async Task A_log_is_followed_until_the_run_has_ended_and_holds_no_secret()
    {
        await using var world = await JobWorld.CreateAsync(kind);
        await using var worker = world.StartWorker();
        var run = await world.StartAsync("test.talk", new { text = "hello", milliseconds = 200 });

        var lines = await world.Runs.FollowAsync(run.Id, 0, Cancellation).ToListAsync(Cancellation);

        lines.Select(line => line.Message).ShouldBe(["talking", "It said hello", "postgresql://app:***@host/db was not used"]);
        lines.Select(line => line.Level).ShouldBe(["information", "information", "warning"]);
        (await world.Runs.LogAsync(run.Id, lines[0].Number, 10, Cancellation)).ShouldBe(lines[1..]);
    }

    [Fact]
    public async Task A_run_executed_here_leaves_the_same_record()
    {
        await using var world = await JobWorld.CreateAsync(kind);
        await using var worker = world.StartWorker();
        var queued = await world.Runs.WaitAsync((await world.StartAsync("test.talk", new { text = "hello" })).Id, Cancellation);

        var result = await world.Runs.RunHereAsync(
            TestJobs.Catalogue.Get("test.talk"),
            new TestJobs.Note { Text = "hello" },
            new Asker("root", AskedHow.Cli),
            null,
            null,
            Cancellation
        );

        result.ShouldBe(new TestJobs.Outcome("hello"));
        var here = (await world.Runs.ListAsync(new RunFilter { Limit = 1 }, Cancellation)).Items.Single();
        here.AskedHow.ShouldBe(AskedHow.Cli);
        (here.State, here.Attempt, here.Progress, here.Error).ShouldBe((queued.State, queued.Attempt, queued.Progress, queued.Error));
        here.Result!.ToJsonString().ShouldBe(queued.Result!.ToJsonString());
        here.Arguments.ToJsonString().ShouldBe(queued.Arguments.ToJsonString());
        (await world.Runs.LogAsync(here.Id, 0, 10, Cancellation))
            .Select(line => line.Message)
            .ShouldBe((await world.Runs.LogAsync(queued.Id, 0, 10, Cancellation)).Select(line => line.Message));
    }

    [Fact]
    public async Task A_failure_is_thrown_here_and_kept_in_the_record()
    {
        await using var world = await JobWorld.CreateAsync(kind);

        var thrown = await Should.ThrowAsync<JobFailedException>(() =>
            world.Runs.RunHereAsync(TestJobs.Catalogue.Get("test.fail"), new TestJobs.None(), JobWorld.Somebody, null, null, Cancellation)
        );

        thrown.Message.ShouldBe("Nothing to load.");
        var run = (await world.Runs.ListAsync(new RunFilter(), Cancellation)).Items.Single();
        (run.State, run.Error, run.ErrorKind).ShouldBe((RunState.Failed, "Nothing to load.", "failed"));
    }

    [Fact]
    public async Task A_failure_names_an_argument_as_whoever_gave_it_spells_it()
    {
        await using var world = await JobWorld.CreateAsync(kind);
        foreach (var asker in new[] { JobWorld.Somebody, JobWorld.Admin })
        {
            var thrown = await Should.ThrowAsync<JobFailedException>(() =>
                world.Runs.RunHereAsync(
                    TestJobs.Catalogue.Get("test.refuse"),
                    new TestJobs.Note { Text = asker.How.ToString().ToLowerInvariant() },
                    asker,
                    null,
                    null,
                    Cancellation
                )
            );
            thrown.Message.ShouldBe("--milliseconds is odd.");
        }

        (await world.Runs.ListAsync(new RunFilter(), Cancellation))
            .Items.Select(run => run.Error)
            .ShouldBe(["--milliseconds is odd.", "milliseconds is odd."]);
    }

    [Fact]
    public async Task Unknown_jobs_and_arguments_are_refused_with_what_is_allowed()
    {
        await using var world = await JobWorld.CreateAsync(kind);

        (await Should.ThrowAsync<UnknownJobException>(() => world.StartAsync("test.talc"))).Message.ShouldBe(
            "There is no job \"test.talc\". Did you mean test.talk?"
        );
        (await Should.ThrowAsync<WrongArgumentException>(() => world.StartAsync("test.talk", new { text = "A; rm -rf" }))).Field.ShouldBe(
            "text"
        );
        (
            await Should.ThrowAsync<WrongArgumentException>(() => world.StartAsync("test.talk", new { text = "a", loud = true }))
        ).Allowed.ShouldBe(["text", "milliseconds"]);
        (await world.Runs.ListAsync(new RunFilter(), Cancellation)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_second_run_with_the_same_key_is_refused_with_the_id_of_the_first()
    {
        await using var world = await JobWorld.CreateAsync(kind);
        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(async _ =>
                {
                    try
                    {
                        return (Started: (Run?)await world.StartAsync("test.alone"), Refused: (ActiveRunException?)null);
                    }
                    catch (ActiveRunException e)
                    {
                        return (null, e);
                    }
                })
        );

        var started = outcomes.Single(outcome => outcome.Started is not null).Started!;
        outcomes.Where(outcome => outcome.Refused is not null).ShouldAllBe(outcome => outcome.Refused!.Active.Id == started.Id);
        await world.Runs.CancelAsync(started.Id, "somebody", Cancellation);
        (await world.StartAsync("test.alone")).State.ShouldBe(RunState.Queued);
    }

    [Fact]
    public async Task The_same_idempotency_key_starts_one_run()
    {
        await using var world = await JobWorld.CreateAsync(kind);

        var runs = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => world.StartAsync("test.talk", new { text = "once" }, "key-1")));
        var conflict = await Should.ThrowAsync<IdempotencyConflictException>(() =>
            world.StartAsync("test.talk", new { text = "twice" }, "key-1")
        );

        runs.Select(run => run.Id).Distinct().Count().ShouldBe(1);
        conflict.Existing.Id.ShouldBe(runs[0].Id);
        (await world.Runs.ListAsync(new RunFilter(), Cancellation)).Items.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Pages_hold_every_run_once_newest_first()
    {
        await using var world = await JobWorld.CreateAsync(kind);
        for (var i = 0; i < 7; i++)
        {
            await world.StartAsync(i % 2 == 0 ? "test.nothing" : "test.fail");
        }

        var pages = new List<RunPage>();
        var filter = new RunFilter
        {
            Job = "test.nothing",
            State = RunState.Queued,
            Limit = 3,
        };
        do
        {
            pages.Add(await world.Runs.ListAsync(filter with { Before = pages.LastOrDefault()?.Next }, Cancellation));
        } while (pages[^1].Next is not null);

        pages.Select(page => page.Items.Count).ShouldBe([3, 1]);
        pages.SelectMany(page => page.Items).Select(run => run.Id).Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public async Task Passing_failures_are_tried_again_and_others_are_not()
    {
        await using var world = await JobWorld.CreateAsync(kind);
        await using var worker = world.StartWorker();

        var shaky = await world.Runs.WaitAsync((await world.StartAsync("test.shaky")).Id, Cancellation);
        var broken = await world.Runs.WaitAsync((await world.StartAsync("test.broken")).Id, Cancellation);
        var failed = await world.Runs.WaitAsync((await world.StartAsync("test.fail")).Id, Cancellation);

        (shaky.State, shaky.Attempt, shaky.Error).ShouldBe((RunState.Succeeded, 3, null));
        (broken.State, broken.Attempt, broken.ErrorKind).ShouldBe((RunState.Failed, 2, "transient"));
        (failed.State, failed.Attempt, failed.ErrorKind).ShouldBe((RunState.Failed, 1, "failed"));
        (await world.Runs.LogAsync(shaky.Id, 0, 10, Cancellation))
            .Select(line => line.Message)
            .ShouldBe([
                "Attempt 1 of 3 failed: The store is away. Another follows in 0 seconds.",
                "Attempt 2 of 3 failed: The store is away. Another follows in 0 seconds.",
            ]);
    }

    [Fact]
    public async Task A_run_that_failed_is_repeated_as_a_new_one()
    {
        await using var world = await JobWorld.CreateAsync(kind);
        await using var worker = world.StartWorker();
        var failed = await world.Runs.WaitAsync((await world.StartAsync("test.fail")).Id, Cancellation);
        var succeeded = await world.Runs.WaitAsync((await world.StartAsync("test.nothing")).Id, Cancellation);

        var again = await world.Runs.RetryAsync(failed.Id, new Asker("admin@example.test", AskedHow.Cli), Cancellation);

        (again.ParentId, again.AskedHow, again.AskedBy).ShouldBe((failed.Id, AskedHow.Retry, "admin@example.test"));
        (
            await Should.ThrowAsync<RunStateException>(() => world.Runs.RetryAsync(succeeded.Id, JobWorld.Admin, Cancellation))
        ).Message.ShouldBe($"Run {succeeded.Id} is succeeded; only one that failed, was cancelled or timed out is repeated.");
        await Should.ThrowAsync<UnknownRunException>(() => world.Runs.RetryAsync(Guid.NewGuid(), JobWorld.Admin, Cancellation));
    }

    [Fact]
    public async Task A_long_query_is_cancelled_with_its_run_and_the_key_is_free_again()
    {
        await using var world = await JobWorld.CreateAsync(kind);
        await using var worker = world.StartWorker();
        var run = await world.StartAsync("test.query");
        await world.UntilAsync(run.Id, r => r.Progress?.Step == "querying");

        await world.Runs.CancelAsync(run.Id, "admin@example.test", Cancellation);
        var ended = await world.Runs.WaitAsync(run.Id, Cancellation);

        (ended.State, ended.ErrorKind, ended.CancelAskedBy).ShouldBe((RunState.Cancelled, "cancelled", "admin@example.test"));
        (ended.FinishedAt - ended.CancelAskedAt).ShouldNotBeNull().ShouldBeLessThan(TestJobs.LongQuery);
        (await Should.ThrowAsync<RunStateException>(() => world.Runs.CancelAsync(run.Id, "admin", Cancellation))).Message.ShouldBe(
            $"Run {run.Id} has ended already: it is cancelled."
        );
    }

    [Fact]
    public async Task A_long_query_is_stopped_at_the_time_limit()
    {
        await using var world = await JobWorld.CreateAsync(kind);
        await using var worker = world.StartWorker();

        var ended = await world.Runs.WaitAsync((await world.StartAsync("test.slow-query")).Id, Cancellation);

        ended.State.ShouldBe(RunState.TimedOut);
        ended.Error.ShouldBe("Stopped after its time limit of 1 seconds.");
        (ended.FinishedAt - ended.StartedAt).ShouldNotBeNull().ShouldBeLessThan(TestJobs.LongQuery);
    }

    [Fact]
    public async Task A_worker_that_is_told_to_stop_gives_its_runs_back()
    {
        await using var world = await JobWorld.CreateAsync(kind);
        var run = await world.StartAsync("test.alone");
        await using (world.StartWorker())
        {
            await world.UntilAsync(run.Id, r => r.State == RunState.Running);
        }

        var back = await world.Runs.GetAsync(run.Id, Cancellation);
        (back.State, back.Attempt).ShouldBe((RunState.Queued, 0));
    }

    [Fact]
    public async Task A_run_whose_process_is_gone_waits_again_until_its_attempts_are_used_up()
    {
        await using var world = await JobWorld.CreateAsync(kind);
        var run = await world.StartAsync("test.nothing");

        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await world.Jobs.Queue.ClaimAsync("gone|||", TestJobs.Catalogue, 1, Cancellation);
            await world.ExecuteAsync("UPDATE job_runs SET lease_until = TIMESTAMP '2020-01-01'");
            (await SweptAsync(world)).State.ShouldBe(attempt < 3 ? RunState.Queued : RunState.Failed);
        }

        var failed = await world.Runs.GetAsync(run.Id, Cancellation);
        (failed.ErrorKind, failed.Attempt).ShouldBe(("interrupted", 3));
        failed.Error.ShouldBe("The process that executed attempt 3 ended or was not heard of in time.");
    }

    [Fact]
    public async Task What_failed_after_it_had_published_has_succeeded_and_says_what_failed()
    {
        await using var world = await JobWorld.CreateAsync(kind);
        var run = await world.StartAsync("test.publish-and-fail", new { text = "there" });
        await using var worker = world.StartWorker(1);

        var ended = await world.Runs.WaitAsync(run.Id, Cancellation);

        (ended.State, ended.Attempt, ended.Error).ShouldBe((RunState.Succeeded, 1, null));
        (await world.PublishedAsync()).ShouldBe(["there"]);
        (await world.Runs.LogAsync(run.Id, 0, 10, Cancellation))
            .Single()
            .Message.ShouldBe("Its work is published; what came after that failed: The source ended the connection.");
    }

    [Fact]
    public async Task What_failed_before_its_commit_has_failed()
    {
        await using var world = await JobWorld.CreateAsync(kind);
        var run = await world.StartAsync("test.fail-while-publishing", new { text = "nothing" });
        await using var worker = world.StartWorker(1);

        var ended = await world.Runs.WaitAsync(run.Id, Cancellation);

        (ended.State, ended.Error).ShouldBe((RunState.Failed, "Not this time."));
    }

    [Fact]
    public async Task Who_runs_here_what_fails_after_it_has_published_gets_the_run()
    {
        await using var world = await JobWorld.CreateAsync(kind);
        var job = TestJobs.Catalogue.Get("test.publish-and-fail");

        var result = await world.Runs.RunHereAsync(
            job,
            new TestJobs.Note { Text = "here" },
            new Asker("me", AskedHow.Cli),
            logger: null,
            progress: null,
            Cancellation
        );

        result.ShouldBeOfType<Run>().State.ShouldBe(RunState.Succeeded);
        (await world.PublishedAsync()).ShouldBe(["here"]);
    }

    [Fact]
    public async Task Nothing_is_written_or_published_by_whoever_has_lost_a_run()
    {
        await using var world = await JobWorld.CreateAsync(kind);
        var run = await world.StartAsync("test.publish", new { text = "once", milliseconds = 500 });
        await using (world.StartWorker(1))
        {
            await world.UntilAsync(run.Id, r => r.State == RunState.Running);
            await world.ExecuteAsync("UPDATE job_runs SET fence = fence + 1, worker = 'another|||'");
        }

        (await world.PublishedAsync()).ShouldBeEmpty();
        (await world.Runs.GetAsync(run.Id, Cancellation)).State.ShouldBe(RunState.Running);
        (await world.Runs.LogAsync(run.Id, 0, 10, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_worker_leaves_alone_what_it_does_not_know()
    {
        await using var world = await JobWorld.CreateAsync(kind);
        await using var older = new JobHost(
            world.Settings,
            world.Store,
            new JobCatalogue([TestJobs.Catalogue.Get("test.nothing")]),
            TimeProvider.System,
            options: JobWorld.Quick
        );
        var newer = await world.StartAsync("test.talk", new { text = "hello" });
        await using var worker = new RunningWorker(older, 1);

        await world.Runs.WaitAsync((await world.StartAsync("test.nothing")).Id, Cancellation);

        (await world.Runs.GetAsync(newer.Id, Cancellation)).State.ShouldBe(RunState.Queued);
    }

    [Fact]
    public async Task A_log_that_grows_too_long_is_cut_with_a_note()
    {
        await using var world = await JobWorld.CreateAsync(kind);
        var options = JobWorld.Quick with { LogLimit = 27 };
        await using var jobs = new JobHost(world.Settings, world.Store, TestJobs.Catalogue, TimeProvider.System, options: options);
        await using var worker = new RunningWorker(jobs, 1);

        var run = await world.Runs.WaitAsync((await world.StartAsync("test.talk", new { text = "hello" })).Id, Cancellation);

        (await world.Runs.LogAsync(run.Id, 0, 10, Cancellation))
            .Select(line => line.Message)
            .ShouldBe(["talking", "It said hello", "The log has reached 27 characters; what follows is not kept."]);
    }

    /// <summary>The run that a sweep finds left behind. While PostgreSQL has been up for less than a lease, sweeps find none.</summary>
    private static async Task<Run> SweptAsync(JobWorld world)
    {
        while (true)
        {
            if (await world.Jobs.SweepAsync(Cancellation) is [var run])
            {
                return run;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), Cancellation);
        }
    }
}
