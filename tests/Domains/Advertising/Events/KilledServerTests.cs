using System.Net;
using System.Security.Cryptography;
using System.Text;
using Tradepost.Advertising.Events;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Streams;
using Tradepost.Streams.Topics;
using Tradepost.Tests.Support;

namespace Tradepost.Advertising.Tests.Events;

/// <summary>Processes that are killed while they take and count events.</summary>
public sealed class KilledServerTests : IDisposable
{
    private const string Secret = "a secret of the advertiser's";
    private const int Kills = 20;

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task A_hundred_thousand_events_that_came_three_times_are_counted_once_by_a_process_killed_twenty_times(StoreKind kind)
    {
        var events = SampleEvents.Make(100_000);
        await using var world = await AdvertisingWorld.CreateAsync(kind);
        await using (var topics = EventCounterTests.Topics(world))
        {
            foreach (var part in EventCounterTests.Shuffled(events).Chunk(10_000))
            {
                await EventCounterTests.PublishAsync(topics, part);
            }
        }

        var dice = new Random(20);
        await world.LeaveToOthersAsync(async () =>
        {
            for (var kill = 0; kill < Kills; kill++)
            {
                await CountingProcess.RunAndKillAsync(world, TimeSpan.FromMilliseconds(dice.Next(600)), Token);
            }
        });
        await EventCounterTests.CountAsync(world);

        (await world.CountAsync("ad_events")).ShouldBe(100_000);
        (await world.LinesAsync(SampleEvents.Query)).Order(StringComparer.Ordinal).ShouldBe(SampleEvents.Count(events));
    }

    [Fact]
    public async Task What_was_acknowledged_is_counted_although_the_server_was_killed_and_nothing_else_gets_in()
    {
        var program = Program();
        await program.RunJsonAsync("db", "setup");
        var (acknowledged, number) = (new HashSet<string>(), 0);
        for (var round = 0; round < 5; round++)
        {
            await using var server = await RunningServer.StartAsync(program);
            using var client = new HttpClient { BaseAddress = new Uri(server.Address) };
            var sending = Enumerable.Range(0, 8).Select(_ => SendAsync()).ToList();
            var wanted = Acknowledged() + 100;
            while (Acknowledged() < wanted && sending.TrueForAll(one => !one.IsCompleted))
            {
                await Task.Delay(20, Token);
            }

            await server.KillAsync();
            await Task.WhenAll(sending);

            int Acknowledged()
            {
                lock (acknowledged)
                {
                    return acknowledged.Count;
                }
            }

            async Task SendAsync()
            {
                try
                {
                    while (true)
                    {
                        var ids = Enumerable.Range(0, 5).Select(_ => $"e{Interlocked.Increment(ref number)}").ToList();
                        var response = await client.SendAsync(Signed(Body(ids)), Token);
                        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
                        lock (acknowledged)
                        {
                            acknowledged.UnionWith(ids);
                        }
                    }
                }
                catch (HttpRequestException)
                {
                    // The server is gone.
                }
            }
        }

        await using var last = await RunningServer.StartAsync(program);
        using var wrong = new HttpClient { BaseAddress = new Uri(last.Address) };
        var refused = Signed(Body(["forged"]));
        refused.Content = new StringContent(Body(["forged"]).Replace(" ", "", StringComparison.Ordinal), Encoding.UTF8, "application/json");
        (await wrong.SendAsync(refused, Token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        acknowledged.Count.ShouldBeGreaterThan(100);
        await last.StopAsync();
        await using var store = new DuckDbStore(folder.Combine("data", "tradepost.duckdb"));
        await using (var topic = new EventTopic(() => new LogTopics(Topics, new LogOptions(), TimeProvider.System)))
        {
            using var counter = new EventCounter(store, Settings.Of(folder.Path, []), topic, TimeProvider.System, new SaidLogger());
            await counter.CountAllAsync(TimeSpan.FromSeconds(1), Token);
        }

        await using var connection = await store.OpenAsync(Token);
        var kept = await connection.ReadAsync("SELECT id FROM ad_events", row => row.GetString(0), Token);
        acknowledged.Except(kept).ShouldBeEmpty();
        kept.ShouldBeUnique();
        kept.ShouldNotContain("forged");
    }

    private string Topics => folder.Combine("data", AdvertisingDomain.Topics);

    public void Dispose() => folder.Dispose();

    private static string Body(IEnumerable<string> ids) =>
        $"{{\"events\": [{string.Join(
            ", ",
            ids.Select(id =>
                $"{{\"id\": \"{id}\", \"type\": \"click\", \"at\": \"2026-01-01T00:00:00Z\", \"campaign_id\": \"c\", \"value\": 0.5}}"
            )
        )}]}}";

    private static HttpRequestMessage Signed(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), bytes);
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/events") { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("X-Signature-256", $"sha256={Convert.ToHexStringLower(signature)}");
        return request;
    }

    private TradepostProcess Program()
    {
        Directory.CreateDirectory(folder.Combine("data"));
        var program = new TradepostProcess(folder.Path);
        program.Environment[SettingNames.Data] = folder.Combine("data");
        program.Environment[EventSettings.EventsSecret] = Secret;
        return program;
    }
}
