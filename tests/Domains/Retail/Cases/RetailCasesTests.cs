using Tradepost.Retail.Etl;
using Tradepost.Retail.Tests.Etl;
using Tradepost.Tests.Support;

namespace Tradepost.Retail.Tests.Cases;

public sealed class RetailCasesOnDuckDb() : RetailCasesContract(StoreKind.DuckDb);

public sealed class RetailCasesOnPostgres() : RetailCasesContract(StoreKind.Postgres);

/// <summary>Inputs that other loaders took wrongly, each run from its own files, and what is right for it.</summary>
public abstract class RetailCasesContract(StoreKind kind)
{
    [Fact]
    public async Task Small_flags_and_numbers_of_a_TINYINT_1_are_what_they_are()
    {
        await using var shop = await OpenAsync("retail-tinyint1");
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);

        (await warehouse.FullAsync()).Rejected.ShouldBe(0);

        (await warehouse.LinesAsync("SELECT order_id, region_key, quantity, net FROM fact_sales")).ShouldBe([
            "|1|5|5|50.00",
            "|2|2|3|30.00",
        ]);
        (await warehouse.ScalarAsync<decimal>("SELECT sum(net) FROM fact_sales")).ShouldBe(
            await shop.ScalarAsync<decimal>("SELECT SUM(q * pr) FROM li")
        );
    }

    [Fact]
    public async Task A_key_that_cannot_be_read_holds_up_no_run()
    {
        await using var shop = await OpenAsync("retail-unreadable-key-blocks");
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);

        foreach (var mode in new[] { EtlMode.Full, EtlMode.Incremental, EtlMode.Incremental, EtlMode.Full, EtlMode.Incremental })
        {
            (await warehouse.LoadAsync(new EtlOptions { Mode = mode })).Rejected.ShouldBe(1);
            (await warehouse.LinesAsync("SELECT rule FROM etl_rejects")).ShouldBe(["|customers.id.not_null"]);
        }
    }

    [Theory]
    [InlineData("input.sql", "SELECT name FROM dim_customer WHERE customer_id = 147248902101323776", "|Max")]
    [InlineData(
        "input2.sql",
        "SELECT p.name FROM fact_sales f JOIN dim_product p ON p.product_key = f.product_key WHERE p.product_id = 9223372036854775807",
        "|Unknown"
    )]
    public async Task Ids_of_eighteen_digits_are_loaded(string input, string query, string line)
    {
        await using var shop = await OpenAsync("retail-large-ids", input);
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);

        (await warehouse.FullAsync()).Rejected.ShouldBe(0);

        (await warehouse.LinesAsync(query)).ShouldBe([line]);
        (await warehouse.ScalarAsync<long>("SELECT count(*) FROM fact_sales")).ShouldBe(2);
    }

    [Fact]
    public async Task A_text_with_a_NUL_stops_no_other_row()
    {
        await using var shop = await OpenAsync("retail-nul-postgres");
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);

        var rejected = (await warehouse.FullAsync()).Rejected;

        rejected.ShouldBe(kind == StoreKind.Postgres ? 1 : 0);
        (await warehouse.LinesAsync("SELECT natural_key, rule FROM etl_rejects")).ShouldBe(
            kind == StoreKind.Postgres ? ["|1|customers.row.readable"] : []
        );
        (await warehouse.ScalarAsync<long>("SELECT count(*) FROM fact_sales")).ShouldBe(2);
    }

    [Fact]
    public async Task Times_given_as_text_are_read_as_written_or_kept_aside()
    {
        await using var shop = await OpenAsync("retail-text-dates");
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);

        await warehouse.FullAsync();

        (await warehouse.LinesAsync("SELECT order_id, date_key FROM fact_sales")).ShouldBe(["|2|20240205"]);
        (await warehouse.LinesAsync("SELECT ordered_at FROM stg_orders WHERE id = 2")).ShouldBe(["|2024-02-05 08:00:00.000000"]);
        (await warehouse.LinesAsync("SELECT natural_key, rule FROM etl_rejects WHERE source_table = 'orders'")).ShouldBe([
            "|1|orders.row.readable",
            "|3|orders.row.readable",
        ]);
    }

    private static async Task<MappedShop> OpenAsync(string name, string input = "input.sql")
    {
        var folder = SharedData.Path($"cases/{name}");
        var shop = await MappedShop.FromFileAsync(Path.Combine(folder, "shop.yaml"));
        await shop.RunAsync(await File.ReadAllTextAsync(Path.Combine(folder, input), TestContext.Current.CancellationToken));
        return shop;
    }
}
