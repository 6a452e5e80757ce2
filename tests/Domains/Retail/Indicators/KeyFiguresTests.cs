using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Tradepost.Jobs;
using Tradepost.Retail.Indicators;
using Tradepost.Retail.Tests.Etl;
using Tradepost.Storage.Connections;

namespace Tradepost.Retail.Tests.Indicators;

public sealed class KeyFiguresOnDuckDb() : KeyFiguresContract(StoreKind.DuckDb);

public sealed class KeyFiguresOnPostgres() : KeyFiguresContract(StoreKind.Postgres);

/// <summary>Against figures computed in memory from the rows that the shop was generated with.</summary>
public abstract class KeyFiguresContract(StoreKind kind)
{
    [Fact]
    public async Task Figures_of_all_time_are_those_of_the_rows()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await warehouse.FullAsync();
        var lines = await LinesAsync(shop);
        var sold = lines.Where(line => line.Status != "cancelled").ToList();

        var kpi = await FiguresAsync(warehouse, shop, new KpiOptions());

        kpi.Orders.ShouldBe(600);
        kpi.Revenue.ShouldBe(sold.Sum(line => line.Net));
        kpi.Margin.ShouldBe(sold.Sum(line => line.Margin ?? 0));
        kpi.From.ShouldBe(DateOnly.FromDateTime(lines.Min(line => line.At)));
        kpi.To.ShouldBe(DateOnly.FromDateTime(lines.Max(line => line.At)).AddDays(1));
        kpi.AverageOrderValue.ShouldBe(Math.Round(sold.Sum(line => line.Net) / sold.DistinctBy(line => line.Order).Count(), 2));
        kpi.CancellationRate.ShouldBe(
            Math.Round(lines.Where(line => line.Status == "cancelled").DistinctBy(line => line.Order).Count() / 600m, 4)
        );
        ShouldGroup(kpi.ByPeriod, lines, line => line.At.ToString("yyyy-MM"));
        ShouldGroup(kpi.ByRegion, lines, line => line.Region);
        ShouldGroup(kpi.ByManager, lines, line => line.Manager);
        ShouldGroup(kpi.ByCategory, lines, line => line.Category);
        kpi.ByPaymentMethod.Sum(group => group.Revenue).ShouldBe(kpi.Revenue);
        kpi.TopProducts.Select(product => (product.Sku, product.Quantity, product.Revenue))
            .ShouldBe(
                sold.GroupBy(line => line.Sku)
                    .Select(group => (group.Key, group.Sum(line => (long)line.Quantity), group.Sum(line => line.Net)))
                    .OrderByDescending(product => product.Item3)
                    .ThenBy(product => product.Key, StringComparer.Ordinal)
                    .Take(10)
            );
        kpi.Cohorts.Select(Text).ShouldBe(Cohorts(sold));
    }

    [Theory]
    [InlineData(Period.Day)]
    [InlineData(Period.Week)]
    public async Task Figures_of_an_interval_leave_out_what_lies_outside(Period period)
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await warehouse.FullAsync();
        var (from, to) = (new DateTime(2024, 12, 20), new DateTime(2025, 2, 1));
        var lines = (await LinesAsync(shop)).Where(line => line.At >= from && line.At < to).ToList();

        var kpi = await FiguresAsync(
            warehouse,
            shop,
            new KpiOptions
            {
                From = DateOnly.FromDateTime(from),
                To = DateOnly.FromDateTime(to),
                By = period,
                Top = 3,
            }
        );

        (kpi.From, kpi.To).ShouldBe((DateOnly.FromDateTime(from), DateOnly.FromDateTime(to)));
        kpi.Orders.ShouldBe(lines.DistinctBy(line => line.Order).Count());
        kpi.Revenue.ShouldBe(lines.Where(line => line.Status != "cancelled").Sum(line => line.Net));
        kpi.TopProducts.Count.ShouldBe(3);
        ShouldGroup(kpi.ByPeriod, lines, line =>
            period == Period.Day ? line.At.ToString("yyyy-MM-dd") : $"{ISOWeek.GetYear(line.At)}-W{ISOWeek.GetWeekOfYear(line.At):00}"
        );
        kpi.ByPeriod.Select(group => group.Key).ShouldBe(kpi.ByPeriod.Select(group => group.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Where_no_cost_is_known_there_is_no_margin()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await shop.CatalogAsync("UPDATE products SET cost = NULL");
        await warehouse.FullAsync();

        var kpi = await FiguresAsync(warehouse, shop, new KpiOptions());

        kpi.Margin.ShouldBeNull();
        kpi.TopProducts.ShouldAllBe(product => product.Margin == null && product.Revenue > 0);
        foreach (var groups in new[] { kpi.ByPeriod, kpi.ByRegion, kpi.ByManager, kpi.ByCategory, kpi.ByPaymentMethod })
        {
            groups.Where(group => group.Revenue > 0).ShouldAllBe(group => group.Margin == null);
        }
    }

    [Fact]
    public async Task An_empty_warehouse_has_figures_of_nothing()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);

        var kpi = await FiguresAsync(warehouse, shop, new KpiOptions());

        (kpi.Orders, kpi.Revenue, kpi.AverageOrderValue, kpi.CancellationRate).ShouldBe((0, 0m, 0m, 0m));
        kpi.From.ShouldBeNull();
        kpi.Cohorts.ShouldBeEmpty();
    }

    private static void ShouldGroup(IReadOnlyList<KpiGroup> groups, IReadOnlyList<Line> lines, Func<Line, string> key) =>
        groups
            .Select(group => (group.Key, group.Orders, group.Revenue, group.Margin))
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .ShouldBe(
                lines
                    .GroupBy(key)
                    .Select(group =>
                    {
                        var sold = group.Where(line => line.Status != "cancelled").ToList();
                        return (
                            group.Key,
                            (long)group.DistinctBy(line => line.Order).Count(),
                            sold.Sum(line => line.Net),
                            sold.Count > 0 && sold.All(line => line.Margin is null) ? null : sold.Sum(line => line.Margin)
                        );
                    })
                    .OrderBy(group => group.Key, StringComparer.Ordinal)
            );

    private static IEnumerable<string> Cohorts(IEnumerable<Line> sold)
    {
        var months = sold.GroupBy(line => line.Customer)
            .Select(group => group.Select(line => (line.At.Year * 12) + line.At.Month - 1).Distinct().Order().ToList())
            .ToList();
        return months
            .GroupBy(all => all[0])
            .OrderBy(group => group.Key)
            .Select(group =>
            {
                var last = group.SelectMany(all => all.Select(month => month - group.Key)).Where(later => later <= 12).Max();
                var retention = Enumerable
                    .Range(0, last + 1)
                    .Select(later => Math.Round((decimal)group.Count(all => all.Contains(group.Key + later)) / group.Count(), 4));
                return Text(new Cohort($"{group.Key / 12}-{(group.Key % 12) + 1:00}", group.Count(), [.. retention]));
            });
    }

    private static string Text(Cohort cohort) =>
        $"{cohort.Month} {cohort.Customers} {string.Join(' ', cohort.Retention.Select(share => share.ToString("0.0000")))}";

    private static Task<KpiResult> FiguresAsync(Warehouse warehouse, EmbeddedShop shop, KpiOptions options) =>
        KeyFigures.RunAsync(
            options,
            new JobContext
            {
                Settings = Settings.Load(
                    new SettingSources(new Dictionary<string, string>(), new Dictionary<string, string>(), "/", _ => null)
                ),
                Store = warehouse.Store,
                Time = shop.Time,
                Progress = new Progress<JobProgress>(),
                Logger = NullLogger.Instance,
            },
            TestContext.Current.CancellationToken
        );

    /// <summary>The shop's lines with all that figures are asked for by. The catalog was seen once only: its cost is the one of all time.</summary>
    private static async Task<IReadOnlyList<Line>> LinesAsync(EmbeddedShop shop)
    {
        var products = (
            await shop.QueryAsync<(long Id, string Sku, decimal? Cost, string Category)>(
                "catalog",
                "SELECT p.id, p.sku, p.cost, COALESCE(m.name, c.name) FROM products p JOIN categories c ON c.id = p.category_id LEFT JOIN categories m ON m.id = c.parent_id"
            )
        ).ToDictionary(p => p.Id);
        return
        [
            .. (
                await shop.QueryAsync<Row>(
                    "orders",
                    "SELECT i.order_id AS \"Order\", i.product_id AS Product, i.quantity AS Quantity, i.unit_price AS Price, i.discount AS Discount, o.customer_id AS Customer, o.status AS Status, o.ordered_at AS At, r.name AS Region, COALESCE(e.name, 'Unknown') AS Manager FROM order_items i JOIN orders o ON o.id = i.order_id JOIN regions r ON r.id = o.region_id LEFT JOIN employees e ON e.id = o.manager_id"
                )
            ).Select(row => new Line(
                row.Order,
                row.Customer,
                row.Status,
                row.At,
                row.Region,
                row.Manager,
                products[row.Product].Sku,
                products[row.Product].Category,
                row.Quantity,
                (row.Quantity * row.Price) - row.Discount,
                (row.Quantity * (row.Price - products[row.Product].Cost)) - row.Discount
            )),
        ];
    }

    private sealed record Line(
        long Order,
        long Customer,
        string Status,
        DateTime At,
        string Region,
        string Manager,
        string Sku,
        string Category,
        int Quantity,
        decimal Net,
        decimal? Margin
    );

    private sealed class Row
    {
        public long Order { get; set; }

        public long Product { get; set; }

        public int Quantity { get; set; }

        public decimal Price { get; set; }

        public decimal Discount { get; set; }

        public long Customer { get; set; }

        public string Status { get; set; } = "";

        public DateTime At { get; set; }

        public string Region { get; set; } = "";

        public string Manager { get; set; } = "";
    }
}
