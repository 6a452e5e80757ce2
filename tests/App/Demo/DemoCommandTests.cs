using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Demo;

public sealed class DemoCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_makes_a_shop_and_its_warehouse_in_a_folder_of_its_own_and_again_from_there()
    {
        var tradepost = new TradepostProcess(folder.Path);

        var day = Today();
        var first = await tradepost.RunAsync("demo", "--once");
        var second = await tradepost.RunJsonAsync("demo", "--once");
        var passed = Today().DayNumber - day.DayNumber; // midnight may come between the two

        first.ExitCode.ShouldBe(0);
        first.Errors.ShouldBeEmpty();
        first.Output.ShouldContain("600 orders, made now");
        first.Output.ShouldContain("0 rows differ");
        first.Output.ShouldContain("Київська");
        first.Output.ShouldContain("version 2");
        second.GetProperty("retail").GetProperty("days").GetInt32().ShouldBeInRange(0, passed);
        second
            .GetProperty("retail")
            .GetProperty("forecasts")
            .GetArrayLength()
            .ShouldBe(second.GetProperty("retail").GetProperty("days").GetInt32());
        second
            .GetProperty("retail")
            .GetProperty("etl")
            .GetProperty("tables")
            .GetProperty("fact_sales")
            .GetProperty("changed")
            .GetInt64()
            .ShouldBe(0);
        second.GetProperty("retail").GetProperty("incremental").GetProperty("rejected").GetInt64().ShouldBe(0);
        Directory.GetFileSystemEntries(folder.Combine("data")).Select(Path.GetFileName).ShouldBe(["demo"]);
    }

    [Fact]
    public async Task A_configured_shop_is_left_alone()
    {
        var tradepost = new TradepostProcess(folder.Path);
        tradepost.Environment["ORDERS_DB_URL"] = "mysql://u:p@127.0.0.1:1/orders";

        (await tradepost.RunAsync("demo", "--once")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task It_goes_on_as_a_server_and_prints_a_link_that_signs_in()
    {
        var tradepost = new TradepostProcess(folder.Path);
        tradepost.Environment["TRADEPOST_URLS"] = "http://127.0.0.1:0";
        using var process = tradepost.Start("demo", "--no-browser");
        var link = "";
        while (link.Length == 0 && await process.StandardError.ReadLineAsync(Cancellation) is { } line)
        {
            link = line.Contains("/sign-in#") ? line.Trim() : "";
        }

        using var client = new HttpClient { BaseAddress = new Uri(link) };
        using var signedIn = await client.PostAsJsonAsync("/api/v1/auth/session", new { code = link.Split('#')[1] }, Cancellation);
        using var page = await client.GetAsync("/", Cancellation);
        using var kill = Process.Start("kill", ["-INT", process.Id.ToString()]);
        var end = await TradepostProcess.FinishAsync(process);

        link.ShouldStartWith("http://localhost:");
        signedIn.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        end.Output.ShouldContain("0 rows differ");
        end.ExitCode.ShouldBe(130);
    }

    private static DateOnly Today() => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    public void Dispose() => folder.Dispose();
}
