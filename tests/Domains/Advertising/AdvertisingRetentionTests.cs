using Tradepost.Advertising.Tests.Events;
using Tradepost.Jobs;
using Tradepost.Jobs.Upkeep;
using Tradepost.Storage.Connections;
using Tradepost.Tests.Support;

namespace Tradepost.Advertising.Tests;

public sealed class AdvertisingRetentionTests
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Each_table_keeps_its_days_and_consents_receipts_and_rejects_of_others_stay(StoreKind kind)
    {
        await using var world = await CreateAsync(kind);
        foreach (var (name, moment) in new[] { ("old", "2025-12-20"), ("new", "2025-12-31") })
        {
            await world.ExecuteAsync(
                $"""
                INSERT INTO ad_events (id, type, happened_at, campaign_id, ad_id, user_id, value, received_at, counted_at)
                VALUES ('{name}', 'click', TIMESTAMP '{moment}', '17', '', 'ann', 0.5, TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01');
                INSERT INTO platform_notices (id, object, entry, field, content, happened_at, received_at)
                VALUES ('{name}', 'ad_account', '17', 'status', 'null', TIMESTAMP '2020-01-01', TIMESTAMP '{moment}');
                INSERT INTO consents (user_id, events, decided_at) VALUES ('{name}', FALSE, TIMESTAMP '{moment}');
                INSERT INTO erasures (person, erased_at, receipt) VALUES ('{name}', TIMESTAMP '{moment}', 'null');
                INSERT INTO erased_refusals (person, refused_at) VALUES ('{name}', TIMESTAMP '{moment}')
                """
            );
            foreach (var table in new[] { "ad_events", "ad_metrics", "offers" })
            {
                await world.ExecuteAsync(
                    $"""
                    INSERT INTO rejects (run_id, source_table, natural_key, rule, problem, "row", rejected_at)
                    VALUES ('{name}', '{table}', 'a:1', 'rule', 'none', 'null', TIMESTAMP '{moment}')
                    """
                );
            }
        }

        await RemoveAsync(world, "rejects WHERE run_id = 'old' AND source_table = 'ad_metrics'");

        (await world.LinesAsync("SELECT id FROM ad_events")).ShouldBe(["new"]);
        (await world.LinesAsync("SELECT id FROM platform_notices")).ShouldBe(["new"]);
        (await world.LinesAsync("SELECT run_id, source_table FROM rejects ORDER BY 2, 1")).ShouldBe([
            "new ad_events",
            "new ad_metrics",
            "new offers",
            "old offers",
        ]);
        foreach (var table in new[] { "consents", "erasures", "erased_refusals" })
        {
            (await world.CountAsync(table)).ShouldBe(2);
        }
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task An_event_that_was_removed_and_comes_again_is_kept_aside_and_not_counted_twice(StoreKind kind)
    {
        await using var world = await CreateAsync(kind);
        var seen = EventCounterTests.Event("a", "2026-01-01T00:00:00Z");
        await EventCounterTests.PublishAndCountAsync(world, seen);
        world.Time.Advance(TimeSpan.FromDays(5.5));
        await RemoveAsync(world, "ad_events");

        await EventCounterTests.PublishAndCountAsync(world, seen, EventCounterTests.Event("b", "2026-01-06T00:00:00Z"));

        (await world.LinesAsync("SELECT \"date\", total_impressions FROM daily_campaign_summary ORDER BY 1")).ShouldBe([
            "2026-01-01 1",
            "2026-01-06 1",
        ]);
        (await world.LinesAsync("SELECT rule, problem FROM rejects")).ShouldBe([
            "too_old The event at 1 of ads.events happened on 2026-01-01; events are kept for 5 days (TRADEPOST_KEEP_AD_EVENTS).",
        ]);
    }

    [Fact]
    public async Task Days_that_are_none_are_named()
    {
        await using var world = await AdvertisingWorld.CreateAsync(
            StoreKind.DuckDb,
            AdvertisingRetention.All.ToDictionary(setting => setting.Name, _ => "none")
        );

        foreach (var setting in AdvertisingRetention.All)
        {
            Should.Throw<ConfigurationException>(() => setting.Check(world.Settings)).Setting.ShouldBe(setting.Name);
        }
    }

    private static Task<AdvertisingWorld> CreateAsync(StoreKind kind) =>
        AdvertisingWorld.CreateAsync(kind, AdvertisingRetention.All.ToDictionary(setting => setting.Name, _ => "5"));

    /// <summary>Does what is done once a day, until there are no such rows.</summary>
    private static async Task RemoveAsync(AdvertisingWorld world, string rows)
    {
        var time = new ManualTime(world.Time.GetUtcNow());
        await using var host = new JobHost(
            world.Settings,
            world.Store,
            new JobCatalogue(AdvertisingDomain.AddAdvertising().Jobs),
            time,
            options: new JobHostOptions { Retention = new RetentionOptions { Tables = AdvertisingRetention.Of(world.Settings) } }
        );
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var removing = host.CreateUpkeep().RunAsync(stop.Token);
        while (await world.CountAsync(rows) > 0)
        {
            await Task.Delay(BetweenLooks, Cancellation);
        }

        await stop.CancelAsync();
        await removing;
    }
}
