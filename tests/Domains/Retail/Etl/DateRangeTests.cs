using Tradepost.Jobs;
using Tradepost.Retail.Etl;

namespace Tradepost.Retail.Tests.Etl;

public sealed class DateRangesOnDuckDb() : DateRangeContract(StoreKind.DuckDb);

public sealed class DateRangesOnPostgres() : DateRangeContract(StoreKind.Postgres);

public abstract class DateRangeContract(StoreKind kind)
{
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task Months_in_any_order_come_to_the_same_as_one_full_run(int shuffle)
    {
        await using var shop = await EmbeddedShop.CreateAsync(dirty: 0.03);
        await using var full = await Warehouse.CreateAsync(kind, shop);
        await using var monthly = await Warehouse.CreateAsync(kind, shop);
        await full.FullAsync();

        // Six weeks at a time keep the test short; the customers' oldest changes lie three years back, the dirty orders' ahead.
        var starts = Enumerable.Range(0, 26).Select(i => new DateTime(2022, 6, 1).AddDays(i * 45)).ToArray();
        if (shuffle > 0)
        {
#pragma warning disable CA5394 // a seeded generator is what a test needs
            new Random(shuffle).Shuffle(starts);
#pragma warning restore CA5394
        }

        foreach (var start in starts)
        {
            await monthly.LoadAsync(new EtlOptions { StartDate = start, EndDate = start.AddDays(45) });
        }

        (await monthly.SnapshotAsync()).ShouldBeRowForRow(await full.SnapshotAsync(), "intervals against one full run");
    }

    [Fact]
    public async Task An_interval_does_not_move_the_watermark()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        var watermark = (await warehouse.FullAsync()).Watermark;
        shop.Clock.Advance(TimeSpan.FromDays(3));

        var interval = await warehouse.LoadAsync(
            new EtlOptions { StartDate = new DateTime(2025, 6, 1), EndDate = new DateTime(2025, 7, 1) }
        );
        var days = await warehouse.LoadAsync(new EtlOptions { Days = 7 });
        var next = await warehouse.IncrementalAsync();

        watermark.ShouldBe(new DateTime(2025, 7, 1, 7, 59, 30));
        interval.Watermark.ShouldBe(watermark);
        (interval.From, interval.To).ShouldBe((new DateTime(2025, 6, 1), new DateTime(2025, 7, 1)));
        days.Watermark.ShouldBe(watermark);
        (days.From, days.To).ShouldBe((new DateTime(2025, 6, 27), new DateTime(2025, 7, 4, 7, 59, 30)));
        (next.From, next.Watermark).ShouldBe((watermark!.Value.AddMinutes(-10), new DateTime(2025, 7, 4, 7, 59, 30)));
    }

    [Fact]
    public async Task An_interval_on_an_empty_warehouse_leaves_no_watermark()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);

        var result = await warehouse.LoadAsync(new EtlOptions { StartDate = new DateTime(2025, 6, 1) });

        result.Watermark.ShouldBeNull();
        (await warehouse.ScalarAsync<long>("SELECT count(*) FROM etl_watermarks")).ShouldBe(0);
    }

    [Fact]
    public async Task An_interval_finds_what_left_it_and_what_was_deleted_in_it()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await using var other = await Warehouse.CreateAsync(kind, shop);
        await warehouse.FullAsync();
        await other.FullAsync();
        await shop.OrdersAsync("UPDATE orders SET updated_at = TIMESTAMP '2023-09-09', status = 'cancelled' WHERE id = 590");
        await shop.OrdersAsync("DELETE FROM order_items WHERE order_id = 595; DELETE FROM orders WHERE id = 595");
        await shop.PaymentsAsync("DELETE FROM payments WHERE order_id = 595");

        await warehouse.LoadAsync(new EtlOptions { StartDate = new DateTime(2025, 5, 1) });
        await other.FullAsync();

        (await warehouse.SnapshotAsync()).ShouldBeRowForRow(await other.SnapshotAsync(), "an interval against a full run");
    }

    [Fact]
    public async Task An_interval_within_a_day_is_read_alone()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await shop.OrdersAsync(
            "UPDATE orders SET updated_at = TIMESTAMP '2025-06-10 09:00:00' WHERE id IN (500, 501); UPDATE orders SET updated_at = TIMESTAMP '2025-06-20 23:00:00' WHERE id IN (502, 503)"
        );
        await warehouse.FullAsync();
        var before = await warehouse.SnapshotAsync();

        var result = await warehouse.LoadAsync(
            new EtlOptions { StartDate = new DateTime(2025, 6, 10, 11, 30, 0), EndDate = new DateTime(2025, 6, 20, 16, 45, 0) }
        );

        result.Differing.ShouldBe(0);
        result.Tables["fact_sales"].Changed.ShouldBe(0);
        (await warehouse.SnapshotAsync()).ShouldBeRowForRow(before, "an interval that begins and ends within a day");
    }

    [Fact]
    public async Task An_interval_of_an_empty_period_changes_nothing()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await warehouse.FullAsync();
        var before = await warehouse.SnapshotAsync();

        var result = await warehouse.LoadAsync(new EtlOptions { StartDate = new DateTime(2015, 1, 1), EndDate = new DateTime(2015, 2, 1) });

        result.Tables["orders"].Read.ShouldBe(0);
        (await warehouse.SnapshotAsync()).ShouldBeRowForRow(before, "an interval without rows");
    }

    [Theory]
    [InlineData(
        "2025-02-01",
        "2025-01-01",
        "The interval from 2025-02-01 to 2025-01-01 is empty: the end is exclusive and must lie after the start."
    )]
    [InlineData(
        "2025-02-01",
        "2025-02-01",
        "The interval from 2025-02-01 to 2025-02-01 is empty: the end is exclusive and must lie after the start."
    )]
    public async Task An_empty_interval_is_wrong_usage(string start, string end, string message)
    {
        var failure = await RefusalAsync(new EtlOptions { StartDate = DateTime.Parse(start), EndDate = DateTime.Parse(end) });

        failure.Message.ShouldBe(message);
        failure.ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task Days_and_dates_do_not_go_together()
    {
        var failure = await RefusalAsync(new EtlOptions { Days = 3, StartDate = new DateTime(2025, 1, 1) });

        failure.Message.ShouldBe("Give either --days or --start-date and --end-date, not both.");
        failure.ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task A_full_run_takes_no_interval()
    {
        var failure = await RefusalAsync(new EtlOptions { Mode = EtlMode.Full, Days = 3 });

        failure.Message.ShouldBe("A full run reads everything: leave --days, --start-date and --end-date out, or use --mode incremental.");
        failure.ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task A_restatement_takes_no_interval()
    {
        var failure = await RefusalAsync(new EtlOptions { Days = 3, RestateFrom = new DateTime(2025, 1, 1) });

        failure.Message.ShouldBe("--restate-from goes with an incremental run without an interval.");
        failure.ExitCode.ShouldBe(2);
    }

    private async Task<JobFailedException> RefusalAsync(EtlOptions options)
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        return await Should.ThrowAsync<JobFailedException>(() => warehouse.LoadAsync(options));
    }
}
