using System.Text;
using Tradepost.Advertising.Events;
using Tradepost.Advertising.Privacy;
using Tradepost.Advertising.Tests.Events;
using Tradepost.Jobs;
using Tradepost.Storage;

namespace Tradepost.Advertising.Tests.Privacy;

/// <summary>A person who is erased is nowhere any more.</summary>
public sealed class EraseFromAdsTests
{
    private const string Ann = "person-ann-7351";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Nothing_of_a_person_is_found_in_tables_or_segments_and_the_receipt_says_what_went(StoreKind kind)
    {
        await using var world = await AdvertisingWorld.CreateAsync(kind);
        await world.ExecuteAsync($"INSERT INTO consents (user_id, events, decided_at) VALUES ('{Ann}', TRUE, TIMESTAMP '2026-01-01')");
        await EventCounterTests.PublishAndCountAsync(world, Of(Ann, "a"), Of(Ann, "b"), Of("ben", "c"));

        var receipt = await EraseAsync(world, Ann);

        receipt.User.ShouldBe(Ann);
        var places = receipt.Places.ToDictionary(place => place.Place, place => place.Rows);
        (places["ad_events"], places["campaign_metrics"], places["consents"]).ShouldBe((2, 1, 1));
        places["segments of topic ads.events"].ShouldBe(1);
        receipt.ModelsToRetrain.ShouldBeEmpty();
        (await FindAsync(world)).ShouldBeEmpty();
        (await world.LinesAsync("SELECT user_id, total_impressions FROM daily_campaign_summary")).ShouldBe(["ben 1"]);
        (await world.CountAsync("erasures WHERE topic_cleared_at IS NOT NULL")).ShouldBe(1);
        AdvertisingWorld.Json(receipt).GetProperty("models_to_retrain").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task What_was_accepted_before_an_erasure_and_is_counted_later_is_left_out(StoreKind kind)
    {
        await using var world = await AdvertisingWorld.CreateAsync(kind);
        world.Time.Advance(TimeSpan.FromHours(1));
        await EraseAsync(world, Ann);
        world.Time.Advance(TimeSpan.FromHours(1));

        await EventCounterTests.PublishAndCountAsync(
            world,
            Of(Ann, "before"),
            Of(Ann, "after") with
            {
                ReceivedAt = Moment.Of(world.Time.GetUtcNow().UtcDateTime),
            }
        );

        (await world.LinesAsync("SELECT id FROM ad_events")).ShouldBe(["after"]);
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Whoever_had_refused_stays_refused_after_the_erasure(StoreKind kind)
    {
        await using var world = await AdvertisingWorld.CreateAsync(kind);
        await world.ExecuteAsync(
            $"INSERT INTO consents (user_id, events, decided_at) VALUES ('{Ann}', FALSE, TIMESTAMP '2026-01-01'), ('ben', TRUE, TIMESTAMP '2026-01-01')"
        );
        await EraseAsync(world, Ann);
        await EraseAsync(world, Ann);
        await EraseAsync(world, "ben");
        world.Time.Advance(TimeSpan.FromHours(1));
        var now = Moment.Of(world.Time.GetUtcNow().UtcDateTime);

        await EventCounterTests.PublishAndCountAsync(
            world,
            Of(Ann, "a") with
            {
                ReceivedAt = now,
            },
            Of("ben", "b") with
            {
                ReceivedAt = now,
            }
        );

        (await world.LinesAsync("SELECT user_id FROM ad_events")).ShouldBe(["ben"]);
        (await world.CountAsync("consents")).ShouldBe(0);
    }

    [Fact]
    public async Task The_topic_is_not_cleared_before_the_copier_has_passed_it_and_waits_for_none_that_is_not_set()
    {
        await using var world = await AdvertisingWorld.CreateAsync(StoreKind.DuckDb);
        await using (var topics = EventCounterTests.Topics(world))
        {
            await EventCounterTests.PublishAsync(topics, [Of(Ann, "a")]);
            await topics.Read(EventTopic.Name, EventCopier.Group).DisposeAsync(); // a ClickHouse was set once
        }

        await EventCounterTests.CountAsync(world);
        await world.ExecuteAsync(
            $"INSERT INTO erasures (person, erased_at, receipt) VALUES ('{ErasedPersons.MarkOf(Ann)}', TIMESTAMP '2026-01-01', '[]')"
        );
        world.Time.Advance(TimeSpan.FromHours(1));
        await EventCounterTests.CountAsync(world);
        (await world.CountAsync("erasures WHERE topic_cleared_at IS NOT NULL")).ShouldBe(0);
        (await FindAsync(world)).ShouldContain(place => place.EndsWith(".log", StringComparison.Ordinal));

        await EraseAsync(world, Ann);

        (await FindAsync(world)).ShouldBeEmpty();
        (await world.CountAsync("erasures WHERE topic_cleared_at IS NULL")).ShouldBe(0);
    }

    [Fact]
    public async Task A_server_without_a_ClickHouse_forgets_that_one_was_copied_to_and_says_so()
    {
        await using var world = await AdvertisingWorld.CreateAsync(StoreKind.DuckDb);
        await using (var topics = EventCounterTests.Topics(world))
        {
            await EventCounterTests.PublishAsync(topics, [Of(Ann, "a")]);
            await topics.Read(EventTopic.Name, EventCopier.Group).DisposeAsync();
        }

        await using var topic = new EventTopic(world.Settings, TimeProvider.System);
        using var copier = new EventCopier(world.Store, world.Settings, topic, world.Time, world.Logger);
        await copier.StartAsync(Cancellation);
        await copier.ExecuteTask!.WaitAsync(Cancellation); // started

        world.Logger.Lines.ShouldContain(line => line.StartsWith("No ClickHouse is set any more", StringComparison.Ordinal));
        Directory.EnumerateFiles(EventTopic.FolderOf(world.Settings), "*.group", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task While_a_server_has_the_topic_open_the_erasure_waits_for_it()
    {
        await using var world = await AdvertisingWorld.CreateAsync(StoreKind.DuckDb);
        await EventCounterTests.PublishAndCountAsync(world, Of(Ann, "a"));
        await using var topic = new EventTopic(() => EventCounterTests.Topics(world));
        using var counter = new EventCounter(world.Store, world.Settings, topic, TimeProvider.System, world.Logger);
        await topic.PublishAsync([Of("ben", "b")], Cancellation);
        await counter.StartAsync(Cancellation);

        await EraseFromAds.RunAsync(new EraseOfAdsOptions { User = Ann }, world.Context(TimeProvider.System), Cancellation);

        (await FindAsync(world)).ShouldBeEmpty();
        await counter.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Nobody_cannot_be_erased()
    {
        await using var world = await AdvertisingWorld.CreateAsync(StoreKind.DuckDb);

        (await Should.ThrowAsync<JobFailedException>(() => EraseAsync(world, " "))).ExitCode.ShouldBe(2);
    }

    private static AdEvent Of(string user, string id) => EventCounterTests.Event(id, "2026-01-01T00:00:00Z") with { UserId = user };

    private static Task<ErasureReceipt> EraseAsync(AdvertisingWorld world, string user) =>
        EraseFromAds.RunAsync(new EraseOfAdsOptions { User = user }, world.Context(), Cancellation);

    /// <summary>Tables and files of the topic in which the person stands.</summary>
    private static async Task<IReadOnlyList<string>> FindAsync(AdvertisingWorld world)
    {
        var found = new List<string>();
        await using var connection = await world.Store.OpenAsync(Cancellation);
        var columns = await connection.ReadAsync(
            world.Store.Dialect.TextColumns,
            row => (Table: row.GetString(0), Column: row.GetString(1)),
            Cancellation
        );
        foreach (var (table, column) in columns)
        {
            if (
                await connection.ScalarAsync<long>(
                    $"SELECT count(*) FROM \"{table}\" WHERE CAST(\"{column}\" AS text) LIKE '%{Ann}%'",
                    null,
                    Cancellation
                ) > 0
            )
            {
                found.Add($"{table}.{column}");
            }
        }

        foreach (
            var file in Directory
                .EnumerateFiles(EventTopic.FolderOf(world.Settings), "*", SearchOption.AllDirectories)
                .Where(file => Path.GetFileName(file) != "in-use") // empty, and locked
        )
        {
            await using var bytes = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var text = new StreamReader(bytes, Encoding.Latin1);
            if ((await text.ReadToEndAsync(Cancellation)).Contains(Ann, StringComparison.Ordinal))
            {
                found.Add(file);
            }
        }

        return found;
    }
}
