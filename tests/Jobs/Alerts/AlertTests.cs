using Tradepost.Arguments;
using Tradepost.Jobs.Alerts;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Tests.Support;

namespace Tradepost.Jobs.Tests.Alerts;

public sealed class AlertsOnDuckDb() : AlertContract(StoreKind.DuckDb);

public sealed class AlertsOnPostgres() : AlertContract(StoreKind.Postgres);

/// <summary>What holds for alerts on every store.</summary>
public abstract class AlertContract(StoreKind kind)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_failed_run_is_told_once_with_its_reason()
    {
        await using var world = await JobWorld.CreateAsync(kind);
        await using var hook = new WebhookReceiver();
        using var monitor = world.Jobs.CreateAlertMonitor();
        await world.ExecuteRunAsync("test.fail"); // before the rule
        await SetAsync(world, Rule(hook, AlertKind.Failed));
        var run = await world.ExecuteRunAsync("test.fail");
        await world.ExecuteRunAsync("test.nothing");

        await RoundAsync(monitor);
        await RoundAsync(monitor);

        var told = await hook.NextAsync();
        told.GetProperty("text").GetString().ShouldBe("test.fail failed: Nothing to load.");
        told.GetProperty("rule").GetString().ShouldBe("mine");
        told.GetProperty("kind").GetString().ShouldBe("failed");
        told.GetProperty("run").GetProperty("id").GetGuid().ShouldBe(run);
        hook.IsEmpty.ShouldBeTrue();
        (await world.Jobs.Alerts.ListAsync(10, Cancellation)).Single().DeliveredAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_webhook_that_refuses_is_asked_again_later_by_whoever_is_there_then()
    {
        var time = new ManualTime(DateTimeOffset.UnixEpoch.AddYears(60));
        await using var world = await JobWorld.CreateAsync(kind, time);
        await using var hook = new WebhookReceiver { Status = 500 };
        await SetAsync(world, Rule(hook, AlertKind.Missing) with { Job = "test.nothing", Time = TimeSpan.FromHours(1) });
        time.Set(time.GetUtcNow().AddHours(2));
        using (var first = world.Jobs.CreateAlertMonitor())
        {
            await RoundAsync(first);
            await RoundAsync(first);
        }

        var refused = (await world.Jobs.Alerts.ListAsync(10, Cancellation)).Single();
        hook.Status = 204;
        time.Set(time.GetUtcNow().AddMinutes(1));
        using (var second = world.Jobs.CreateAlertMonitor())
        {
            await RoundAsync(second);
        }

        (refused.Attempts, refused.DeliveredAt).ShouldBe((1, null));
        refused.LastError.ShouldBe($"{new Uri(hook.Url).GetLeftPart(UriPartial.Authority)}/… answered 500.");
        var delivered = (await world.Jobs.Alerts.ListAsync(10, Cancellation)).Single();
        (delivered.Attempts, delivered.LastError).ShouldBe((2, null));
        delivered.DeliveredAt.ShouldNotBeNull();
        (await hook.NextAsync()).GetProperty("id").GetString().ShouldBe((await hook.NextAsync()).GetProperty("id").GetString());
        delivered.Message.ShouldBe("test.nothing has not succeeded for 1h; there was none yet.");
    }

    [Fact]
    public async Task A_rule_whose_address_was_lost_says_so_and_posts_nothing()
    {
        await using var world = await JobWorld.CreateAsync(kind);
        await using var hook = new WebhookReceiver();
        using var monitor = world.Jobs.CreateAlertMonitor();
        await SetAsync(world, Rule(hook, AlertKind.Failed));
        await world.ExecuteRunAsync("test.fail");
        await using (var secrets = await world.Store.Secrets.OpenAsync(Cancellation))
        {
            await secrets.ExecuteAsync("DELETE FROM tradepost_private.alert_addresses", parameters: null, Cancellation);
        }

        await RoundAsync(monitor);

        hook.IsEmpty.ShouldBeTrue();
        var alert = (await world.Jobs.Alerts.ListAsync(10, Cancellation)).Single();
        (alert.DeliveredAt, alert.LastError).ShouldBe((null, "The rule's address was lost; set the rule again."));
        (await world.Jobs.Alerts.ListRulesAsync(Cancellation)).Single().Name.ShouldBe("mine");
    }

    [Fact]
    public async Task A_run_that_takes_too_long_is_told_while_it_runs()
    {
        await using var world = await JobWorld.CreateAsync(kind);
        await using var hook = new WebhookReceiver();
        using var monitor = world.Jobs.CreateAlertMonitor();
        await SetAsync(world, Rule(hook, AlertKind.TooLong) with { Time = TimeSpan.FromMinutes(1) });
        var run = await world.StartAsync("test.alone");
        await world.StartAsync("test.nothing");
        await world.ExecuteAsync(
            $"UPDATE job_runs SET state = 'running', started_at = queued_at - INTERVAL '90 seconds' WHERE id = '{run.Id}'"
        );

        await RoundAsync(monitor);

        (await hook.NextAsync())
            .GetProperty("text")
            .GetString()!
            .ShouldMatch(@"^test\.alone has been running for 9\d seconds, longer than 1m\.$");
        hook.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task A_number_far_from_what_it_was_is_told()
    {
        await using var world = await JobWorld.CreateAsync(kind);
        await using var hook = new WebhookReceiver();
        using var monitor = world.Jobs.CreateAlertMonitor();
        await SetAsync(
            world,
            Rule(hook, AlertKind.Drifted) with
            {
                Job = "test.nothing",
                Metric = "metrics.rmse",
                Tolerance = 0.2,
                History = 4,
            }
        );
        foreach (var rmse in new[] { 10, 11, 9, 10, 11.5, 14.5 })
        {
            var run = await world.ExecuteRunAsync("test.nothing");
            await world.ExecuteAsync(
                $$"""UPDATE job_runs SET result = CAST('{"metrics": {"rmse": {{rmse}} } }' AS json) WHERE id = '{{run}}'"""
            );
        }

        await RoundAsync(monitor);

        (await hook.NextAsync())
            .GetProperty("text")
            .GetString()
            .ShouldBe("test.nothing: metrics.rmse is 14.5; in the 4 runs before it was 10.375 on average, and 20% of that is allowed.");
        hook.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task A_rule_that_cannot_work_is_refused_and_a_webhook_is_never_shown_whole()
    {
        await using var world = await JobWorld.CreateAsync(kind);
        await using var hook = new WebhookReceiver();
        await SetAsync(world, Rule(hook, AlertKind.Failed));

        (await RefusedAsync(Rule(hook, AlertKind.TooLong))).Message.ShouldBe(
            "time is missing or not allowed; a rule of kind too_long needs a duration such as 30m."
        );
        (await RefusedAsync(Rule(hook, AlertKind.Missing) with { Time = TimeSpan.FromHours(1) })).Field.ShouldBe("job");
        (await RefusedAsync(Rule(hook, AlertKind.Drifted) with { Job = "test.nothing" })).Field.ShouldBe("metric");
        (await RefusedAsync(Rule(hook, AlertKind.Failed) with { Url = new Secret("file:///etc/passwd") })).Field.ShouldBe("url");
        $"{(await world.Jobs.Alerts.ListRulesAsync(Cancellation)).Single()}".ShouldNotContain("t0k3n");
        await world.Jobs.Alerts.RemoveRuleAsync("mine", Cancellation);
        await Should.ThrowAsync<UnknownAlertRuleException>(() => world.Jobs.Alerts.RemoveRuleAsync("mine", Cancellation));

        Task<WrongArgumentException> RefusedAsync(AlertRule rule) => Should.ThrowAsync<WrongArgumentException>(() => SetAsync(world, rule));
    }

    [Fact]
    public async Task What_a_feed_has_lost_is_told_once()
    {
        await using var world = await JobWorld.CreateAsync(kind);
        await using var hook = new WebhookReceiver();
        await SetAsync(world, Rule(hook, AlertKind.Lost) with { Time = TimeSpan.FromSeconds(5) });
        var asked = new List<TimeSpan>();
        var catalogue = new JobCatalogue([TestJobs.Catalogue.Get("test.nothing")])
        {
            Losses =
            [
                (_, _, least, _) =>
                {
                    asked.Add(least);
                    return Task.FromResult<IReadOnlyList<Loss>>([new Loss("lake:7", "lake", "lake: 7 fish may be missing.")]);
                },
            ],
        };
        await using var watched = new JobHost(world.Settings, world.Store, catalogue, TimeProvider.System, options: JobWorld.Quick);
        using var monitor = watched.CreateAlertMonitor();

        await RoundAsync(monitor);
        await RoundAsync(monitor);

        var told = await hook.NextAsync();
        (told.GetProperty("id").GetString(), told.GetProperty("job").GetString(), told.GetProperty("text").GetString()).ShouldBe(
            ("mine:lake:7", "lake", "lake: 7 fish may be missing.")
        );
        hook.IsEmpty.ShouldBeTrue();
        asked.ShouldAllBe(least => least == TimeSpan.FromSeconds(5));
    }

    private static AlertRule Rule(WebhookReceiver hook, AlertKind kind) =>
        new()
        {
            Name = "mine",
            Kind = kind,
            Url = new Secret(hook.Url),
        };

    private static Task SetAsync(JobWorld world, AlertRule rule) => world.Jobs.Alerts.SetRuleAsync(rule, "admin", Cancellation);

    private static async Task RoundAsync(AlertMonitor monitor)
    {
        await monitor.RaiseAsync(Cancellation);
        await monitor.DeliverAsync(Cancellation);
    }
}
