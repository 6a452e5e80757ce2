using Tradepost.Retail.Generation;

namespace Tradepost.Retail.Tests.Etl;

/// <summary>What somebody else made of the warehouse's tables outlives every kind of load.</summary>
public sealed class OthersObjectsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Views_rights_and_indexes_on_every_table_survive_ten_loads()
    {
        await using var shop = await EmbeddedShop.CreateAsync(dirty: 0.02);
        await using var undisturbed = await Warehouse.CreateAsync(StoreKind.Postgres, shop);
        await using var warehouse = await Warehouse.CreateAsync(StoreKind.Postgres, shop);
        await warehouse.FullAsync();
        await undisturbed.FullAsync();
        var role = $"reader_{Guid.NewGuid():N}";
        await warehouse.ExecuteAsync($"CREATE ROLE {role}");
        var tables = await warehouse.QueryAsync<string>(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name NOT LIKE '%\\_next' ORDER BY 1"
        );
        tables.Count(table => table.StartsWith("stg_", StringComparison.Ordinal)).ShouldBeGreaterThan(8);
        foreach (var table in tables)
        {
            var column = await warehouse.ScalarAsync<string>(
                $"SELECT quote_ident(column_name) FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = '{table}' AND data_type <> 'json' ORDER BY ordinal_position LIMIT 1"
            );
            await warehouse.ExecuteAsync(
                $"CREATE VIEW view_{table} AS SELECT * FROM {table}; GRANT SELECT ON {table} TO {role}; CREATE INDEX others_{table} ON {table} ({column})"
            );
        }

        for (var load = 0; load < 10; load++)
        {
            await new ShopSimulator((database, _) => shop.OpenAsync(database), ShopOptions.DefaultSeed + load).AdvanceAsync(2, Token);
            shop.Clock.Advance(TimeSpan.FromDays(2));
            await (load % 3 == 2 ? warehouse.IncrementalAsync() : warehouse.FullAsync());
            await undisturbed.FullAsync();

            (await warehouse.SnapshotAsync()).ShouldBeRowForRow(await undisturbed.SnapshotAsync(), $"load {load}");
        }

        foreach (var table in tables)
        {
            (
                await warehouse.LinesAsync(
                    $"""
                    SELECT (SELECT count(*) FROM view_{table}) = (SELECT count(*) FROM {table}), has_table_privilege('{role}', '{table}', 'SELECT'),
                      EXISTS (SELECT 1 FROM pg_index WHERE indexrelid = to_regclass('others_{table}') AND indrelid = '{table}'::regclass)
                    """
                )
            ).ShouldBe(["|True|True|True"], table);
        }

        foreach (var table in tables.Where(table => table.StartsWith("stg_", StringComparison.Ordinal)))
        {
            var columns = await warehouse.ScalarAsync<string>(
                $"SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = '{table}'"
            );
            (await warehouse.LinesAsync($"SELECT {columns} FROM {table}")).ShouldBe(
                await undisturbed.LinesAsync($"SELECT {columns} FROM {table}"),
                table
            );
        }

        await warehouse.ExecuteAsync($"DROP OWNED BY {role}; DROP ROLE {role}");
    }

    [Fact]
    public async Task The_embedded_store_keeps_views_and_indexes_too()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(StoreKind.DuckDb, shop);
        await warehouse.FullAsync();
        await warehouse.ExecuteAsync(
            "CREATE VIEW view_orders AS SELECT * FROM stg_orders; CREATE INDEX others_orders ON stg_orders (customer_id); CREATE INDEX others_products ON stg_products (category_id)"
        );

        await warehouse.FullAsync();
        await warehouse.IncrementalAsync();
        await warehouse.FullAsync();

        (
            await warehouse.QueryAsync<string>("SELECT index_name FROM duckdb_indexes() WHERE index_name LIKE 'others_%' ORDER BY 1")
        ).ShouldBe(["others_orders", "others_products"]);
        (await warehouse.ScalarAsync<bool>("SELECT (SELECT count(*) FROM view_orders) = (SELECT count(*) FROM stg_orders)")).ShouldBeTrue();
    }
}
