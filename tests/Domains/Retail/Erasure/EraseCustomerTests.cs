using Tradepost.Jobs;
using Tradepost.Retail.Erasure;
using Tradepost.Retail.Tests.Etl;

namespace Tradepost.Retail.Tests.Erasure;

public sealed class EraseCustomerOnDuckDb() : EraseCustomerContract(StoreKind.DuckDb);

public sealed class EraseCustomerOnPostgres() : EraseCustomerContract(StoreKind.Postgres);

public abstract class EraseCustomerContract(StoreKind kind)
{
    private const string Mail = "Ol'ga.first+shop@example.com";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_customer_whom_the_source_has_emptied_stays_as_a_number()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var full = await Warehouse.CreateAsync(kind, shop);
        await using var incremental = await Warehouse.CreateAsync(kind, shop);
        await full.FullAsync();
        await incremental.FullAsync();
        shop.Clock.Advance(TimeSpan.FromHours(26));
        foreach (var (id, name, email) in new[] { (1, "''", "NULL"), (2, "' '", "''"), (3, "'erased'", "'erased@invalid'") })
        {
            await shop.OrdersAsync(
                $"UPDATE customers SET name = {name}, email = {email}, phone = '', updated_at = {shop.NowLiteral} WHERE id = {id}"
            );
        }

        var result = await incremental.IncrementalAsync();
        await full.FullAsync();

        result.Rejected.ShouldBe(0);
        (await incremental.SnapshotAsync()).ShouldBe(await full.SnapshotAsync());
        (
            await incremental.LinesAsync(
                "SELECT customer_id, name, email, phone FROM dim_customer WHERE is_current AND customer_id BETWEEN 1 AND 3 ORDER BY 1"
            )
        ).ShouldBe(
            (
                await incremental.LinesAsync(
                    "SELECT 1, NULL, NULL, NULL UNION ALL SELECT 2, NULL, NULL, NULL UNION ALL SELECT 3, 'erased', 'erased@invalid', NULL"
                )
            )
        );
    }

    [Fact]
    public async Task A_customer_with_an_id_of_eighteen_digits_is_forgotten_as_well()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        const long Customer = 147_248_902_101_323_776;
        await shop.OrdersAsync(
            $"UPDATE customers SET id = {Customer}, email = 'first@example.com' WHERE id = 7; UPDATE orders SET customer_id = {Customer} WHERE customer_id = 7"
        );
        await warehouse.FullAsync();
        shop.Clock.Advance(TimeSpan.FromHours(26));
        await shop.OrdersAsync($"UPDATE customers SET email = 'second@example.com', updated_at = {shop.NowLiteral} WHERE id = {Customer}");
        await warehouse.IncrementalAsync();
        var keys = await warehouse.LinesAsync($"SELECT customer_key, is_current FROM dim_customer WHERE customer_id = {Customer}");

        (await EraseAsync(warehouse, new EraseOptions { Customer = Customer })).Found.ShouldBe(0);

        keys.Count.ShouldBe(2);
        (await warehouse.LinesAsync($"SELECT customer_key, is_current FROM dim_customer WHERE customer_id = {Customer}")).ShouldBe(keys);
        (
            await warehouse.ScalarAsync<long>(
                $"SELECT count(*) FROM dim_customer WHERE customer_id = {Customer} AND (name IS NOT NULL OR email LIKE '%@example.com')"
            )
        ).ShouldBe(0);
        await warehouse.FullAsync();
        (await warehouse.LinesAsync($"SELECT customer_key, is_current FROM dim_customer WHERE customer_id = {Customer}")).ShouldBe(keys);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_of_an_erased_customer_is_found_and_no_load_brings_it_back(bool byEmail)
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var full = await Warehouse.CreateAsync(kind, shop);
        await using var incremental = await Warehouse.CreateAsync(kind, shop);
        foreach (var warehouse in new[] { full, incremental })
        {
            await warehouse.FullAsync();
        }

        await LiveAsync(shop, async () =>
        {
            await full.FullAsync();
            await incremental.IncrementalAsync();
        });
        var facts = await incremental.LinesAsync("SELECT * FROM fact_sales");
        var versions = await incremental.LinesAsync("SELECT customer_key, region, valid_from, valid_to, is_current FROM dim_customer");
        await SoilAsync(incremental);

        var options = byEmail ? new EraseOptions { Email = Mail.ToUpperInvariant() } : new EraseOptions { Customer = 7 };
        var receipt = await EraseAsync(incremental, options);
        await EraseAsync(full, options);

        receipt.Customers.ShouldBe([7]);
        receipt.Found.ShouldBe(0);
        foreach (var place in new[] { "dim_customer", "history_customer", "stg_customers", "stg_customers_next", "stg_users", "etl_runs" })
        {
            receipt.Places.ShouldContain(other => other.Table == place && other.Rows > 0, place);
        }

        await ShouldBeGoneAsync(incremental);
        (await incremental.LinesAsync("SELECT * FROM fact_sales")).ShouldBe(facts);
        (await incremental.LinesAsync("SELECT customer_key, region, valid_from, valid_to, is_current FROM dim_customer")).ShouldBe(
            versions
        );

        // The source still has the person, and says so again.
        foreach (
            var change in new[] { "phone = '+380501112233'", $"email = 'x{Mail.Replace("'", "''")}'", "region_id = 1 + (region_id % 5)" }
        )
        {
            shop.Clock.Advance(TimeSpan.FromHours(26));
            await shop.OrdersAsync($"UPDATE customers SET {change}, updated_at = {shop.NowLiteral} WHERE id = 7");
            (await incremental.IncrementalAsync()).Differing.ShouldBe(0);
            (await full.FullAsync()).Differing.ShouldBe(0);
            await ShouldBeGoneAsync(incremental);
            await ShouldBeGoneAsync(full);
            (await incremental.SnapshotAsync()).ShouldBe(await full.SnapshotAsync(), change);
        }

        (await incremental.IncrementalAsync()).Tables.Values.Sum(table => table.Changed).ShouldBe(0);
        var again = await EraseAsync(incremental, new EraseOptions { Customer = 7 });
        again.Changed.ShouldBe(0);
        (await incremental.SnapshotAsync()).ShouldBe(await full.SnapshotAsync());
    }

    [Fact]
    public async Task A_customer_who_was_rejected_is_erased_and_accepted()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var full = await Warehouse.CreateAsync(kind, shop);
        await using var incremental = await Warehouse.CreateAsync(kind, shop);
        await shop.OrdersAsync("UPDATE customers SET name = 'ÐžÐ»ÑŒÐ³Ð° Shevchenko' WHERE id = 7");
        foreach (var warehouse in new[] { full, incremental })
        {
            (await warehouse.FullAsync()).Rejected.ShouldBe(1);
            var receipt = await EraseAsync(warehouse, new EraseOptions { Customer = 7 });
            receipt.Places.ShouldContain(place => place.Table == "etl_rejects" && place.Rows == 1);
            (await warehouse.LinesAsync("SELECT * FROM etl_rejects")).ShouldNotContain(line =>
                line.Contains("Shevchenko") || line.Contains("@example")
            );
        }

        await full.FullAsync();
        (await incremental.IncrementalAsync()).Rejected.ShouldBe(0);

        (await incremental.SnapshotAsync()).ShouldBe(await full.SnapshotAsync());
        (
            await incremental.ScalarAsync<bool>(
                "SELECT name IS NULL AND email IS NULL AND NOT is_inferred FROM dim_customer WHERE customer_id = 7"
            )
        ).ShouldBeTrue();
    }

    [Fact]
    public async Task Whoever_is_not_known_is_refused_and_others_of_the_same_name_stay()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await shop.OrdersAsync("UPDATE customers SET name = 'Іван Петренко' WHERE id IN (7, 8)");
        await warehouse.FullAsync();
        var before = await warehouse.SnapshotAsync();

        (
            await Should.ThrowAsync<JobFailedException>(() => EraseAsync(warehouse, new EraseOptions { Customer = 999_999 }))
        ).Message.ShouldBe("The warehouse knows no customer 999999; expected is a customer_id of dim_customer.");
        var unknown = await Should.ThrowAsync<JobFailedException>(() =>
            EraseAsync(warehouse, new EraseOptions { Email = "nobody@example.com" })
        );
        (unknown.ExitCode, unknown.Message).ShouldBe(
            (2, "The warehouse knows no customer with this e-mail; expected is one that a customer has or had.")
        );
        foreach (
            var options in new[]
            {
                new EraseOptions(),
                new EraseOptions { Customer = 7, Email = "a@b.c" },
            }
        )
        {
            (await Should.ThrowAsync<JobFailedException>(() => EraseAsync(warehouse, options))).Message.ShouldBe(
                "Who is to be erased? Expected is either --customer or --email."
            );
        }

        (await warehouse.SnapshotAsync()).ShouldBe(before);
        var receipt = await EraseAsync(warehouse, new EraseOptions { Customer = 7 });
        receipt.OthersOfThatName.ShouldBeGreaterThan(0);
        (await warehouse.ScalarAsync<string>("SELECT name FROM dim_customer WHERE customer_id = 8")).ShouldBe("Іван Петренко");
    }

    private static Task<EraseReceipt> EraseAsync(Warehouse warehouse, EraseOptions options) =>
        new EraseCustomer(warehouse.Store, TimeProvider.System).RunAsync(options, Token);

    /// <summary>Three e-mails, two regions and back to an e-mail that was there before.</summary>
    private static async Task LiveAsync(EmbeddedShop shop, Func<Task> loadAsync)
    {
        foreach (
            var change in new[]
            {
                "email = 'second@example.com'",
                "region_id = 1 + (region_id % 5)",
                $"email = '{Mail.Replace("'", "''")}', name = 'Ольга Першa', phone = '+380509998877'",
                "email = 'second@example.com'",
                $"email = '{Mail.Replace("'", "''")}'",
            }
        )
        {
            shop.Clock.Advance(TimeSpan.FromHours(26));
            await shop.OrdersAsync($"UPDATE customers SET {change}, updated_at = {shop.NowLiteral} WHERE id = 7");
            await loadAsync();
        }
    }

    /// <summary>What a killed load leaves behind, and texts that mention the person.</summary>
    private static async Task SoilAsync(Warehouse warehouse)
    {
        var mail = Mail.Replace("'", "''");
        await warehouse.ExecuteAsync("DROP TABLE IF EXISTS stg_customers_next");
        await warehouse.ExecuteAsync("CREATE TABLE stg_customers_next AS SELECT * FROM stg_customers WHERE id IN (7, 8)");
        await warehouse.ExecuteAsync(
            $"INSERT INTO etl_runs (run_id, mode, started_at, status, result) VALUES ('soiled', 'full', TIMESTAMP '2025-01-01', 'failed', CAST('{{\"said\": \"{mail} {mail.ToUpperInvariant()}, +380509998877 and x{mail}.\"}}' AS json))"
        );
    }

    private static async Task ShouldBeGoneAsync(Warehouse warehouse)
    {
        string[] tables =
        [
            "dim_customer",
            "history_customer",
            "stg_customers",
            "stg_users",
            "etl_rejects",
            "etl_runs",
            "etl_state",
            "erased_customers",
        ];
        foreach (var table in tables)
        {
            foreach (var line in await warehouse.LinesAsync($"SELECT * FROM {table}"))
            {
                foreach (var text in new[] { Mail, "second@example.com", "Ольга Першa", "+380509998877", "+380501112233" })
                {
                    line.Replace("x" + Mail, "", StringComparison.OrdinalIgnoreCase).ShouldNotContain(text, Case.Insensitive, table);
                }
            }
        }
    }
}
