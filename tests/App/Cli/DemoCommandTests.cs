using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Cli;

public sealed class DemoCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task It_makes_a_shop_and_its_warehouse_in_a_folder_of_its_own_and_again_from_there()
    {
        var tradepost = new TradepostProcess(folder.Path);

        var first = await tradepost.RunAsync("demo", "--once");
        var second = await tradepost.RunJsonAsync("demo", "--once");

        first.ExitCode.ShouldBe(0);
        first.Errors.ShouldBeEmpty();
        first.Output.ShouldContain("600 orders, made now");
        first.Output.ShouldContain("0 rows differ");
        first.Output.ShouldContain("Київська");
        second.GetProperty("retail").GetProperty("etl").GetProperty("tables").GetProperty("fact_sales").GetProperty("changed").GetInt64().ShouldBe(0);
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

    public void Dispose() => folder.Dispose();
}
