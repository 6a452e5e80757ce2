using MySqlConnector;
using Tradepost.Retail.Etl;
using Tradepost.Retail.Generation;
using Tradepost.Retail.Sources;
using Tradepost.Retail.Tests.Etl;
using Tradepost.Storage;
using Tradepost.Storage.Sources;
using Tradepost.Tests.Support;

namespace Tradepost.Retail.Tests.Sources;

public sealed class ClassicModelsOnDuckDb() : ClassicModelsContract(StoreKind.DuckDb);

public sealed class ClassicModelsOnPostgres() : ClassicModelsContract(StoreKind.Postgres);

/// <summary>Somebody else's shop, in one database, through the mapping file of the documentation.</summary>
public abstract class ClassicModelsContract(StoreKind kind)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_example_mapping_loads_the_classicmodels_database()
    {
        var script = await File.ReadAllTextAsync(SharedData.Path("data/retail/mysql/classicmodels_mysqlsampledatabase.sql"), Token);
        var server = await Servers.RequireMariaDbAsync();
        var database = await server.CreateDatabaseAsync();
        await using var source = new MySqlConnection(database.ConnectionString + ";Allow User Variables=true"); // the script keeps settings in some
        await source.OpenAsync(Token);
        await source.ExecuteAsync(script.Replace("`classicmodels`", $"`{database.Name}`", StringComparison.Ordinal), null, Token);
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        var sources = new ShopSources(
            ShopTable.Databases.ToDictionary(
                name => name,
                Source (name) => new MySqlSource(name, database.ConnectionString, "mysql://classicmodels")
            ),
            MappingFile.Read(RepositoryRoot.Combine("docs", "examples", "classicmodels.yaml"))
        );

        var result = await warehouse.LoadAsync(Warehouse.Full, sources);

        result.Differing.ShouldBe(0);
        result.Rejected.ShouldBe(0);
        result.Tables["orders"].Loaded.ShouldBe(326);
        result.Tables["order_items"].Loaded.ShouldBe(2996);
        result.Tables["customers"].Loaded.ShouldBe(122);
        result.Tables["products"].Loaded.ShouldBe(110);
        result.Tables["fact_sales"].Loaded.ShouldBe(2996);
        (await warehouse.ScalarAsync<decimal>("SELECT sum(net) FROM fact_sales")).ShouldBe(
            await source.ScalarAsync<decimal>("SELECT SUM(quantityOrdered * priceEach) FROM orderdetails", null, Token)
        );
        await SameAsync(
            "SELECT CAST(d.year AS text), sum(f.net) FROM fact_sales f JOIN dim_date d ON d.date_key = f.date_key WHERE f.order_status <> 'cancelled' GROUP BY d.year",
            "SELECT YEAR(orderDate), SUM(quantityOrdered * priceEach) FROM orders JOIN orderdetails USING (orderNumber) WHERE status <> 'Cancelled' GROUP BY 1"
        );
        await SameAsync(
            "SELECT p.main_category, sum(f.margin) FROM fact_sales f JOIN dim_product p ON p.product_key = f.product_key GROUP BY p.main_category",
            "SELECT productLine, SUM(quantityOrdered * (priceEach - buyPrice)) FROM orderdetails JOIN products USING (productCode) GROUP BY 1"
        );
        await SameAsync(
            "SELECT m.name, sum(f.net) FROM fact_sales f JOIN dim_manager m ON m.manager_key = f.manager_key GROUP BY m.name",
            "SELECT CONCAT(e.firstName, ' ', e.lastName), SUM(quantityOrdered * priceEach) FROM orders JOIN orderdetails USING (orderNumber) JOIN customers USING (customerNumber) JOIN employees e ON e.employeeNumber = salesRepEmployeeNumber GROUP BY 1"
        );
        (await warehouse.ScalarAsync<decimal>("SELECT sum(paid_amount) FROM fact_sales")).ShouldBe(
            await source.ScalarAsync<decimal>("SELECT SUM(amount) FROM payments p WHERE 1 = " + Matches, null, Token)
        );

        var before = await warehouse.SnapshotAsync();
        await warehouse.LoadAsync(Warehouse.Incremental, sources);
        (await warehouse.SnapshotAsync()).ShouldBeRowForRow(before, "an incremental run");
        await source.ExecuteAsync(
            "UPDATE orderdetails SET priceEach = priceEach + 1 WHERE orderNumber = 10100; UPDATE customers SET country = 'Norway' WHERE customerNumber = 103",
            null,
            Token
        );
        (await warehouse.LoadAsync(Warehouse.Incremental, sources)).Differing.ShouldBe(0);
        (await warehouse.ScalarAsync<decimal>("SELECT sum(net) FROM fact_sales")).ShouldBe(
            await source.ScalarAsync<decimal>("SELECT SUM(quantityOrdered * priceEach) FROM orderdetails", null, Token)
        );
        (await warehouse.LinesAsync("SELECT region FROM dim_customer WHERE customer_id = 103 AND is_current")).ShouldBe(["|Norway"]);
        var interval = await warehouse.LoadAsync(new EtlOptions { EndDate = new DateTime(2004, 1, 1) }, sources);
        interval.Differing.ShouldBe(0);
        return;

        async Task SameAsync(string mine, string theirs)
        {
            var loaded = (await warehouse.QueryAsync<(string Key, decimal Sum)>(mine)).OrderBy(row => row.Key, StringComparer.Ordinal);
            var expected = (await source.QueryAsync<(string Key, decimal Sum)>(theirs, null, Token)).OrderBy(
                row => row.Key,
                StringComparer.Ordinal
            );
            loaded.Select(Line).ShouldBe(expected.Select(Line));
        }
    }

    /// <summary>How many orders of the payment's customer come to its amount.</summary>
    private const string Matches =
        "(SELECT COUNT(*) FROM (SELECT o.orderNumber, o.customerNumber, SUM(quantityOrdered * priceEach) AS total FROM orders o JOIN orderdetails USING (orderNumber) GROUP BY 1, 2) t WHERE t.customerNumber = p.customerNumber AND t.total = p.amount)";

    private static string Line((string Key, decimal Sum) row) => $"{row.Key} {row.Sum:0.00}";
}
