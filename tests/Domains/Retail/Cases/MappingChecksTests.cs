using Tradepost.Retail.Etl;
using Tradepost.Retail.Sources;
using Tradepost.Retail.Tests.Etl;
using Tradepost.Retail.Validation;
using Tradepost.Storage.Sources;
using Tradepost.Storage.Tables;

namespace Tradepost.Retail.Tests.Cases;

public sealed class MappingChecksOnDuckDb() : MappingChecksContract(StoreKind.DuckDb);

public sealed class MappingChecksOnPostgres() : MappingChecksContract(StoreKind.Postgres);

/// <summary>A mapping that cannot be right stops the run with a sentence that says why.</summary>
public abstract class MappingChecksContract(StoreKind kind)
{
    private const string Tables = """
        CREATE TABLE areas (id int, title varchar(20)); INSERT INTO areas VALUES (1, 'one');
        CREATE TABLE o (id int, client int, st varchar(20), at datetime);
        CREATE TABLE li (o int, n int, good int, q int, price decimal(12,2));
        """;

    private const string Orders =
        "orders: {from: o, columns: {id: id, customer_id: client, region_id: 1, status: st, ordered_at: at, updated_at: at}}";

    [Theory]
    [InlineData("ar", "title", "The mapping says that regions comes from ar. Source orders at mysql://shop: Table '*.ar' doesn't exist")]
    [InlineData(
        "areas",
        "titel",
        "The mapping says that regions.name is titel. Source orders at mysql://shop: Unknown column 'titel' in 'SELECT'"
    )]
    [InlineData(
        "areas",
        "CONCAT(title",
        "The mapping says that regions.name is CONCAT(title. Source orders at mysql://shop: You have an error in your SQL syntax*"
    )]
    public async Task What_a_source_refuses_is_named_before_anything_is_read(string from, string name, string message)
    {
        await using var shop = await MappedShop.FromTextAsync(
            $"tables:\n  {Orders}\n  regions: {{from: {from}, columns: {{id: id, name: '{name}'}}}}\n"
        );
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await shop.RunAsync(Tables);

        (await Should.ThrowAsync<SourceSchemaException>(() => warehouse.FullAsync())).Message.ShouldMatch(
            System.Text.RegularExpressions.Regex.Escape(message).Replace("\\*", ".*", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_load_that_keeps_nothing_of_a_table_names_the_rule_that_did_it()
    {
        await using var shop = await MappedShop.FromTextAsync(
            $"tables:\n  {Orders}\n  order_items: {{from: li, columns: {{order_id: o, line_number: n, product_id: good, quantity: q, unit_price: price, discount: 'NULL'}}}}\n"
        );
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await shop.RunAsync(
            Tables + "INSERT INTO o VALUES (1, 1, 'paid', '2024-05-01'); INSERT INTO li VALUES (1, 1, 1, 1, 10), (1, 2, 1, 1, 10);"
        );

        var failure = await Should.ThrowAsync<DataQualityException>(() => warehouse.FullAsync());

        failure.Message.ShouldBe(
            "Source orders: 2 of 2 rows of order_items break a rule, 2 of them order_items.discount.range (such as: discount is empty, expected a discount from 0 to the line's price); none would be loaded. Nothing was published."
        );
        failure.ExitCode.ShouldBe(4);
        (await warehouse.LinesAsync("SELECT * FROM etl_runs")).ShouldBeEmpty();
        (await warehouse.LoadAsync(new EtlOptions { Mode = EtlMode.Full, MaxRejectShare = 100 })).Rejected.ShouldBe(2);
    }

    [Theory]
    [InlineData(EtlMode.Full)]
    [InlineData(EtlMode.Incremental)]
    public async Task More_rejects_than_a_share_stop_the_run(EtlMode mode)
    {
        await using var shop = await MariaDbShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await warehouse.FullAsync();
        var before = await warehouse.SnapshotAsync();
        var payments = await shop.ScalarAsync<long>("payments", "SELECT COUNT(*) FROM payments");
        await shop.PaymentsAsync("UPDATE payments SET method = 'shells', updated_at = NOW(6) WHERE id % 10 <> 0");

        var failure = await Should.ThrowAsync<DataQualityException>(() =>
            warehouse.LoadAsync(new EtlOptions { Mode = mode, MaxRejectShare = 80 })
        );

        failure.Message.ShouldStartWith($"Source payments: {payments - (payments / 10)} of {payments} rows of payments break a rule");
        failure.Message.ShouldEndWith("at most 80 % may (--max-reject-share). Nothing was published.");
        (await warehouse.SnapshotAsync()).ShouldBeRowForRow(before, "after the run was stopped");
        (await warehouse.LoadAsync(new EtlOptions { Mode = mode, MaxRejectShare = 95 })).Rejected.ShouldBe(payments - (payments / 10));
    }

    [Fact]
    public async Task What_a_mapping_has_to_name_is_what_every_row_needs()
    {
        await using var shop = await MappedShop.FromTextAsync($"tables:\n  {Orders}\n");
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        foreach (var table in Shop.Tables)
        {
            var rules = Rules.For(table, new DateTime(2026, 1, 1), AcceptedValues.None);
            foreach (var column in table.Columns)
            {
                var nothing = string.Join(
                    ", ",
                    table.Columns.Select(c =>
                        $"CAST({(c == column ? "NULL" : Sound(c.Type))} AS {warehouse.Store.Dialect.TypeName(c)}) AS {c.Name}"
                    )
                );
                var isBroken = await warehouse.ScalarAsync<bool>(
                    $"SELECT {string.Join(" OR ", rules.Where(rule => !rule.Name.EndsWith("accepted_values", StringComparison.Ordinal) || rule.Name.Contains($".{column.Name}.", StringComparison.Ordinal)).Select(rule => rule.BrokenWhen))} FROM (SELECT {nothing}) s"
                );
                isBroken.ShouldBe(table.Required.Contains(column.Name), $"{table.Name}.{column.Name}");
            }
        }
    }

    private static string Sound(ColumnType type) =>
        type switch
        {
            ColumnType.Text => "'x'",
            ColumnType.Timestamp => "'1995-01-01'",
            ColumnType.Boolean => "TRUE",
            _ => "1",
        };
}
