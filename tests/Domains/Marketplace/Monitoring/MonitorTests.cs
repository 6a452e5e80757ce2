using System.Text;
using Tradepost.Jobs;
using Tradepost.Marketplace.Monitoring;

namespace Tradepost.Marketplace.Tests.Monitoring;

/// <summary>A collection, from a site to the file and the store.</summary>
public sealed class MonitorTests
{
    private static readonly string[] Skus = [.. Enumerable.Range(1, 40).Select(i => $"{i * 37}")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task What_a_site_shows_is_in_the_file_and_in_the_store_and_both_say_the_same(StoreKind kind)
    {
        await using var world = await MonitorWorld.CreateAsync(kind);
        await using var site = ShopSite.OfProducts();
        world.Write("shop", MonitorWorld.ProductSource(site.Address, Skus));

        var result = (await world.RunAsync()).Sources.ShouldHaveSingleItem();

        result.State.ShouldBe(CollectionState.Complete);
        result.Requests.ShouldBe(40);
        result.Products.ShouldBe(40);
        result.Comparison.ShouldBe(new CollectionComparison(40, 40, 0));
        result.Csv.ShouldBe(world.Csv("shop"));
        (
            await world.ReadAsync("SELECT count(*), min(features->>'price'), count(DISTINCT features->>'rating') FROM features_daily")
        ).ShouldBe(["40|102.5|1"]);
        (await world.ReadAsync("SELECT title, brand FROM products WHERE sku = '37'")).ShouldBe(["Product 37, \"new\"|Acme"]);
        (await world.ReadAsync("SELECT merchant, price, delivery_days FROM offers WHERE sku = '37' ORDER BY merchant")).ShouldBe([
            "One|102.50|2",
            "Two|120.00|",
        ]);
        (await world.ReadAsync("SELECT count(*) FROM price_history WHERE valid_to IS NULL")).ShouldBe(["80"]);
    }

    [Fact]
    public async Task A_day_is_collected_once()
    {
        await using var world = await MonitorWorld.CreateAsync();
        await using var site = ShopSite.OfProducts();
        world.Write("shop", MonitorWorld.ProductSource(site.Address, Skus));
        await world.RunAsync();
        var asked = site.Asked.Count;

        var again = (await world.RunAsync()).Sources.ShouldHaveSingleItem();

        again.State.ShouldBe(CollectionState.CompleteBefore);
        again.Products.ShouldBe(40);
        site.Asked.Count.ShouldBe(asked);
        (await world.RunAsync(day: MonitorWorld.Day.AddDays(1))).Sources[0].State.ShouldBe(CollectionState.Complete);
    }

    [Theory]
    [InlineData(MonitorTarget.Csv, true, 0)]
    [InlineData(MonitorTarget.Store, false, 40)]
    public async Task Only_one_of_the_two_can_be_wanted(MonitorTarget target, bool hasFile, int inStore)
    {
        await using var world = await MonitorWorld.CreateAsync();
        await using var site = ShopSite.OfProducts();
        world.Write("shop", MonitorWorld.ProductSource(site.Address, Skus));

        var result = (await world.RunAsync(target)).Sources.ShouldHaveSingleItem();

        (result.Csv is not null).ShouldBe(hasFile);
        File.Exists(world.Csv("shop")).ShouldBe(hasFile);
        (await world.ReadAsync("SELECT count(*) FROM features_daily")).ShouldBe([$"{inStore}"]);
        (await world.RunAsync(target)).Sources[0].State.ShouldBe(CollectionState.CompleteBefore);
    }

    [Fact]
    public async Task A_collection_that_was_stopped_goes_on_and_asks_for_nothing_twice()
    {
        await using var world = await MonitorWorld.CreateAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var answered = 0;
        await using var site = new ShopSite(async context =>
        {
            await ShopSite.SendAsync(context, ShopSite.Product(context.Request.Url!.Segments[^1]));
            if (Interlocked.Increment(ref answered) == 15)
            {
                await stop.CancelAsync();
            }
        });
        world.Write(
            "shop",
            MonitorWorld.ProductSource(site.Address, Skus, "").Replace("at_once: 4", "at_once: 1", StringComparison.Ordinal)
        );

        await Should.ThrowAsync<OperationCanceledException>(() => world.RunAsync(stop: stop.Token));
        var result = (await world.RunAsync()).Sources.ShouldHaveSingleItem();

        result.State.ShouldBe(CollectionState.Complete);
        result.Comparison.ShouldBe(new CollectionComparison(40, 40, 0));
        site.Asked.GroupBy(path => path).Count(group => group.Count() > 1).ShouldBeLessThanOrEqualTo(2); // what was on its way
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_busy_site_is_asked_again_as_late_as_it_wants(int status)
    {
        await using var world = await MonitorWorld.CreateAsync();
        var refused = 0;
        await using var site = new ShopSite(async context =>
        {
            if (Interlocked.Increment(ref refused) <= 2)
            {
                context.Response.Headers["Retry-After"] = "1";
                await ShopSite.SendAsync(context, "busy", status, "text/plain");
                return;
            }

            await ShopSite.SendAsync(context, ShopSite.Product("1"));
        });
        world.Write("shop", MonitorWorld.ProductSource(site.Address, ["1"]));

        (await world.RunAsync()).Sources[0].State.ShouldBe(CollectionState.Complete);

        site.Asked.Count.ShouldBe(3);
    }

    [Fact]
    public async Task What_a_site_does_wrong_is_said_for_each_product_and_asked_again_by_the_next_run()
    {
        await using var world = await MonitorWorld.CreateAsync();
        var isMended = false;
        var gaveUp = new TaskCompletionSource();
        await using var site = new ShopSite(async context =>
        {
            var sku = context.Request.Url!.Segments[^1];
            switch (isMended ? "" : sku)
            {
                case "gone":
                    await ShopSite.SendAsync(context, "{}", 404);
                    break;
                case "forbidden":
                    await ShopSite.SendAsync(context, "{}", 403);
                    break;
                case "html":
                    await ShopSite.SendAsync(context, "<p>log in</p>", type: "text/html");
                    break;
                case "broken":
                    await ShopSite.SendAsync(context, "{\"price\": 1");
                    break;
                case "changed":
                    await ShopSite.SendAsync(context, "{\"cost\": 1}");
                    break;
                case "word":
                    await ShopSite.SendAsync(context, "{\"price\": \"ask us\"}");
                    break;
                case "cut":
                    context.Response.ContentType = "application/json";
                    context.Response.ContentLength64 = 1000;
                    await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes("{\"price\": 1,"));
                    context.Response.Abort();
                    break;
                case "slow":
                    await gaveUp.Task.WaitAsync(Token);
                    context.Response.Abort();
                    break;
                default:
                    await ShopSite.SendAsync(context, ShopSite.Product(sku));
                    break;
            }
        });
        world.Write(
            "shop",
            MonitorWorld
                .ProductSource(site.Address, ["gone", "forbidden", "html", "broken", "good", "changed", "word", "cut", "slow"])
                .Replace("tries: 3, seconds: 30", "tries: 1, seconds: 5", StringComparison.Ordinal)
        );

        var result = (await world.RunAsync()).Sources.ShouldHaveSingleItem();
        gaveUp.SetResult();

        result.State.ShouldBe(CollectionState.Incomplete);
        result.Products.ShouldBe(1);
        var problems = result.Failed.ToDictionary(failed => failed.Request, failed => failed.Problem);
        problems.Count.ShouldBe(7);
        problems["product/forbidden"].ShouldBe($"{site.Address}/product/forbidden answers 403 Forbidden");
        problems["product/html"].ShouldBe($"{site.Address}/product/html answers with text/html; expected is JSON");
        problems["product/broken"].ShouldStartWith("the answer is no JSON that can be read");
        problems["product/changed"].ShouldBe("there is no price at $.price; the layout is another than the source's file says");
        problems["product/word"].ShouldBe("price at $.price is 'ask us'; expected is a number");
        problems["product/cut"].ShouldStartWith($"{site.Address}/product/cut cut its answer off");
        problems["product/slow"].ShouldBe($"{site.Address}/product/slow did not answer within 5 s");

        isMended = true;
        var later = (await world.RunAsync()).Sources.ShouldHaveSingleItem();
        later.State.ShouldBe(CollectionState.Complete);
        later.Requests.ShouldBe(7);
        later.Comparison.ShouldBe(new CollectionComparison(8, 8, 0));
    }

    [Fact]
    public async Task A_site_whose_layout_is_another_is_left_alone_after_ten_pages()
    {
        await using var world = await MonitorWorld.CreateAsync();
        await using var site = ShopSite.OfProducts(_ => "{}");
        world.Write("shop", MonitorWorld.ProductSource(site.Address, Skus).Replace("at_once: 4", "at_once: 1", StringComparison.Ordinal));

        var failure = await Should.ThrowAsync<JobFailedException>(() => world.RunAsync());

        failure.Message.ShouldContain(
            "Source shop: 10 requests one after another had no usable answer, the last because there is no price at $.price"
        );
        site.Asked.Count.ShouldBeLessThan(15);
    }

    [Fact]
    public async Task What_robots_txt_forbids_is_not_asked()
    {
        await using var world = await MonitorWorld.CreateAsync();
        await using var site = ShopSite.OfProducts();
        site.Robots = "User-agent: *\nDisallow: /product/2";
        world.Write("shop", MonitorWorld.ProductSource(site.Address, ["1", "2", "3"]));

        var result = (await world.RunAsync()).Sources.ShouldHaveSingleItem();

        result.Failed.ShouldHaveSingleItem().Problem.ShouldBe("robots.txt of 127.0.0.1 forbids /product/2");
        site.Asked.ShouldBe(["/product/1", "/product/3"], ignoreOrder: true);
    }

    [Fact]
    public async Task Requests_to_a_host_keep_their_pace()
    {
        await using var world = await MonitorWorld.CreateAsync();
        var (now, most) = (0, 0);
        await using var site = new ShopSite(async context =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            await Task.Delay(50, Token);
            Interlocked.Decrement(ref now);
            await ShopSite.SendAsync(context, ShopSite.Product("1"));
        });
        world.Write(
            "shop",
            MonitorWorld.ProductSource(site.Address, Skus[..10]).Replace("at_once: 4", "at_once: 2", StringComparison.Ordinal)
        );

        await world.RunAsync(MonitorTarget.Csv);

        most.ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public async Task Lists_are_read_page_by_page_until_one_is_empty()
    {
        await using var world = await MonitorWorld.CreateAsync();
        await using var site = new ShopSite(context =>
        {
            var page = int.Parse(context.Request.QueryString["page"]!);
            return ShopSite.SendAsync(
                context,
                page > 3
                    ? "<html></html>"
                    : $"<ul>{string.Concat(Enumerable.Range(page * 10, 5).Select(i => $"<li data-id='{i}'><h2>P {i}</h2><b>{i} 990,50 ₸</b><i>({i} отзывов)</i></li>"))}</ul>",
                type: "text/html; charset=utf-8"
            );
        });
        world.Write(
            "catalogue",
            $$"""
            list:
              address: {{site.Address}}/c/{category}?page={page}
              format: html
              items: li
            fields: {sku: "@data-id", title: h2, price: b, reviews: i}
            watch: {categories: [духи и туалет]}
            politeness: {per_second: 100, seconds: 30}
            """
        );

        var result = (await world.RunAsync()).Sources.ShouldHaveSingleItem();

        result.Products.ShouldBe(15);
        site.Asked.First().ShouldBe($"/c/{Uri.EscapeDataString("духи и туалет")}?page=1");
        site.Asked.Count.ShouldBe(4);
        (await world.ReadAsync("SELECT features->>'price', features->>'reviews' FROM features_daily WHERE sku = '31'")).ShouldBe([
            "31990.5|31",
        ]);
    }

    [Fact]
    public async Task Saved_answers_are_a_source()
    {
        await using var world = await MonitorWorld.CreateAsync();
        world.Write("saved", MonitorWorld.ProductSource("https://shop.test", ["7", "8", "../9"], "folder: answers"));
        var folder = Directory.CreateDirectory(Path.Combine(world.Data, "sources", "answers", "product")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "7.json"), ShopSite.Product("7"), Token);

        var result = (await world.RunAsync()).Sources.ShouldHaveSingleItem();

        result.State.ShouldBe(CollectionState.Complete);
        result.Products.ShouldBe(1);
    }

    [Fact]
    public async Task Without_sources_there_is_nothing_to_collect()
    {
        await using var world = await MonitorWorld.CreateAsync();

        (await world.RunAsync()).Sources.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_source_that_is_not_there_is_named()
    {
        await using var world = await MonitorWorld.CreateAsync();
        world.Write("shop", MonitorWorld.ProductSource("https://shop.test", ["1"]));

        (await Should.ThrowAsync<JobFailedException>(() => world.RunAsync(sources: ["ship"]))).Message.ShouldBe(
            $"There is no source ship in {Path.Combine(world.Data, "sources")}; there are shop."
        );
    }

    [Fact]
    public async Task A_page_is_tried_without_a_trace()
    {
        await using var world = await MonitorWorld.CreateAsync();
        await using var site = ShopSite.OfProducts(sku => sku == "7" ? """{"price": 5, "title": "Seven"}""" : "[");
        world.Write("shop", MonitorWorld.ProductSource(site.Address, ["1"]));

        var good = (await world.RunAsync(tried: "7")).Tried.ShouldHaveSingleItem();
        var bad = (await world.RunAsync(tried: "8")).Tried.ShouldHaveSingleItem();

        good.Values.ShouldBe(new Dictionary<string, string> { ["price"] = "5", ["title"] = "Seven" }, ignoreOrder: true);
        good.Missing.ShouldBe(["brand", "reviews", "rating"]);
        bad.Problem.ShouldStartWith("the answer is no JSON that can be read");
        Directory.Exists(Path.Combine(world.Data, "marketplace")).ShouldBeFalse();
    }
}
