using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tradepost.Serving.Callers;
using Tradepost.Trading.Routes;
using Tradepost.Trading.Watching;

namespace Tradepost.App.Tests.Hosting;

/// <summary>Quotes and order books as they are pushed to those who listen, from a collector in the server's process.</summary>
public sealed class LiveTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_event_has_all_symbols_and_later_ones_what_changed()
    {
        await using var world = await ApiWorld.StartAsync();
        await using var feed = await SimulatedFeed.StartAsync(world);
        var token = (await world.SignInAsync(Role.Viewer)).AccessToken;

        var events = await TakeAsync(world, token, "/api/v1/trading/feeds", most: 40);

        events[0].Type.ShouldBe("feeds");
        events[0].Data.GetProperty("items").EnumerateArray().Select(SymbolOf).ShouldBe(SimulatedFeed.Symbols);
        var quotes = events.Where(one => one.Type == "quotes").ToList();
        quotes.ShouldAllBe(one => one.Data.GetProperty("items").GetArrayLength() > 0);
        quotes
            .Select(one => one.Data.GetProperty("items").GetArrayLength())
            .ShouldContain(count => count < SimulatedFeed.Symbols.Count, "only what changed is sent");
        events.ShouldContain(one => one.Type == "log");
    }

    [Fact]
    public async Task However_many_listen_changes_are_written_once()
    {
        const int Listeners = 20;
        await using var world = await ApiWorld.StartAsync();
        await using var feed = await SimulatedFeed.StartAsync(world);
        var token = (await world.SignInAsync(Role.Viewer)).AccessToken;
        var publisher = world.Services.GetRequiredService<LivePublisher>();

        var all = await Task.WhenAll(
            Enumerable.Range(0, Listeners).Select(_ => TakeAsync(world, token, "/api/v1/trading/feeds", most: 30))
        );

        var sent = all.Sum(events => events.Count(one => one.Type == "quotes"));
        sent.ShouldBeGreaterThan(Listeners * 20);
        publisher.Quotes.Written.ShouldBeLessThan(sent / 4);
    }

    [Fact]
    public async Task Who_takes_events_slowly_gets_the_newest_state_and_no_queue()
    {
        await using var world = await ApiWorld.StartAsync();
        await using var feed = await SimulatedFeed.StartAsync(world);
        var publisher = world.Services.GetRequiredService<LivePublisher>();
        await using var slow = publisher.FollowAsync(Cancellation).GetAsyncEnumerator(Cancellation);
        (await slow.MoveNextAsync()).ShouldBeTrue();
        var seen = publisher.Quotes.Version;

        while (publisher.Quotes.Version < seen + 30)
        {
            await Task.Delay(20, Cancellation);
        }

        (await slow.MoveNextAsync()).ShouldBeTrue();
        var caughtUp = JsonElement.Parse(slow.Current.Data).GetProperty("items");
        slow.Current.EventType.ShouldBe("quotes");
        caughtUp
            .EnumerateArray()
            .Select(SymbolOf)
            .Distinct()
            .Count()
            .ShouldBe(caughtUp.GetArrayLength(), "each symbol comes once, as it is now");
    }

    [Fact]
    public async Task Nothing_is_looked_at_while_nobody_listens()
    {
        await using var world = await ApiWorld.StartAsync();
        await using var feed = await SimulatedFeed.StartAsync(world);
        var token = (await world.SignInAsync(Role.Viewer)).AccessToken;
        await TakeAsync(world, token, "/api/v1/trading/feeds", most: 5);
        var publisher = world.Services.GetRequiredService<LivePublisher>();

        // The one who left is noticed when the server next writes to it.
        var version = -1L;
        while (version != publisher.Quotes.Version)
        {
            version = publisher.Quotes.Version;
            await Task.Delay(500, Cancellation);
        }

        var number = (await world.Services.GetRequiredService<LiveBoard>().QuotesAsync(0, Cancellation)).Number;
        while ((await world.Services.GetRequiredService<LiveBoard>().QuotesAsync(0, Cancellation)).Number == number)
        {
            await Task.Delay(20, Cancellation); // the market goes on
        }

        publisher.Quotes.Version.ShouldBe(version);
    }

    [Fact]
    public async Task A_book_is_shown_at_once_and_whenever_it_changes()
    {
        await using var world = await ApiWorld.StartAsync();
        await using var feed = await SimulatedFeed.StartAsync(world);
        var token = (await world.SignInAsync(Role.Viewer)).AccessToken;

        var events = await TakeAsync(world, token, "/api/v1/trading/depth?exchange=simulator&symbol=SIM02", most: 10);
        var once = (await world.GetAsync("/api/v1/trading/depth?exchange=simulator&symbol=SIM02", token)).Body;

        events.ShouldAllBe(one => one.Type == "depth");
        events[^1].Data.GetProperty("update_id").GetInt64().ShouldBeGreaterThan(events[0].Data.GetProperty("update_id").GetInt64());
        once.GetProperty("state").GetString().ShouldBe("live");
        once.GetProperty("agreement").GetDouble().ShouldBe(1);
        var (bids, asks) = (Prices(once, "bids"), Prices(once, "asks"));
        (bids.Count, asks.Count).ShouldBe((20, 20));
        bids.ShouldBe(bids.OrderDescending());
        asks.ShouldBe(asks.Order());
        bids[0].ShouldBeLessThan(asks[0]);
    }

    [Fact]
    public async Task A_book_that_no_collector_here_keeps_is_none()
    {
        await using var world = await ApiWorld.StartAsync();
        var token = (await world.SignInAsync(Role.Viewer)).AccessToken;

        var depth = (await world.GetAsync("/api/v1/trading/depth?exchange=binance&symbol=BTCUSDT", token)).Body;
        var events = await TakeAsync(world, token, "/api/v1/trading/depth?exchange=binance&symbol=BTCUSDT", most: 1);

        depth.GetProperty("state").GetString().ShouldBe("none");
        events[0].Data.GetProperty("state").GetString().ShouldBe("none");
    }

    private static string SymbolOf(JsonElement quote) => quote.GetProperty("symbol").GetString()!;

    private static List<decimal> Prices(JsonElement depth, string side) =>
        [
            .. depth
                .GetProperty(side)
                .EnumerateArray()
                .Select(level => decimal.Parse(level.GetProperty("price").GetString()!, System.Globalization.CultureInfo.InvariantCulture)),
        ];

    private static async Task<List<(string Type, JsonElement Data)>> TakeAsync(ApiWorld world, string token, string path, int most)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await world.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        response.EnsureSuccessStatusCode();
        await using var stream = await response.Content.ReadAsStreamAsync(Cancellation);
        var taken = new List<(string, JsonElement)>();
        await foreach (var one in SseParser.Create(stream).EnumerateAsync(Cancellation))
        {
            taken.Add((one.EventType, JsonElement.Parse(one.Data)));
            if (taken.Count == most)
            {
                break;
            }
        }

        return taken;
    }
}
