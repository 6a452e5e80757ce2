using System.Data.Common;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Retail.Indicators;

/// <summary>Asks the warehouse for the shop's key figures.</summary>
internal static class KeyFigures
{
    public static Task<KpiResult> RunAsync(KpiOptions options, JobContext context, CancellationToken cancellationToken) =>
        ReadAsync(context.Store, options, cancellationToken);

    public static async Task<KpiResult> ReadAsync(Store store, KpiOptions options, CancellationToken cancellationToken)
    {
        if (options is { From: { } from, To: { } to } && to <= from)
        {
            throw new JobFailedException(
                $"The interval from {from:yyyy-MM-dd} to {to:yyyy-MM-dd} is empty: the end is exclusive and must lie after the start.",
                2
            );
        }

        await using var connection = await store.OpenAsync(cancellationToken);
        return await new Query(store.Dialect, connection, options).RunAsync(cancellationToken);
    }

    private sealed class Query(Dialect dialect, DbConnection connection, KpiOptions options)
    {
        private readonly object interval = new
        {
            from = options.From is { } first ? DateKey(first) : 1,
            to = options.To is { } last ? DateKey(last) : int.MaxValue,
            top = options.Top,
        };

        public async Task<KpiResult> RunAsync(CancellationToken cancellationToken)
        {
            var orders = (await RowsAsync<GroupRow>("orders", cancellationToken)).ToLookup(row => row.Part);
            var categories = await RowsAsync<GroupRow>("categories", cancellationToken);
            var totals = orders["all"].FirstOrDefault() ?? new GroupRow { Margin = 0 };
            return new KpiResult
            {
                From = options.From ?? orders["period"].Min(row => DayOf(row.First_Day)),
                To = options.To ?? orders["period"].Max(row => DayOf(row.Last_Day))?.AddDays(1),
                Orders = totals.Orders,
                Revenue = totals.Revenue,
                Margin = totals.Margin,
                AverageOrderValue = Average(totals.Revenue, totals.Orders - totals.Cancelled),
                CancellationRate = Rate(totals.Cancelled, totals.Orders),
                ByPeriod = [.. orders["period"].Select(Group)],
                ByRegion = Largest(orders["region"]),
                ByManager = Largest(orders["manager"]),
                ByCategory = Largest(categories),
                ByPaymentMethod = Largest(orders["method"]),
                TopProducts =
                [
                    .. (await RowsAsync<ProductRow>("products", cancellationToken)).Select(row => new ProductSales(
                        row.Sku ?? "",
                        row.Name ?? "",
                        row.Quantity,
                        row.Revenue,
                        row.Margin
                    )),
                ],
                Cohorts = options.WithoutCohorts ? [] : Cohorts(await RowsAsync<CohortRow>("cohorts", cancellationToken)),
            };
        }

        private string PeriodKey =>
            options.By switch
            {
                Period.Day => "CAST(d.date AS text)",
                Period.Week => "d.iso_year || '-W' || CASE WHEN d.iso_week < 10 THEN '0' ELSE '' END || d.iso_week",
                _ => "d.year || '-' || CASE WHEN d.month < 10 THEN '0' ELSE '' END || d.month",
            };

        private Task<IReadOnlyList<T>> RowsAsync<T>(string name, CancellationToken cancellationToken)
        {
            var sql = SqlScript
                .Load(typeof(KeyFigures).Assembly, $"Indicators/{name}.sql")
                .For(dialect, new Dictionary<string, Func<string, string>> { ["period"] = _ => PeriodKey });
            return connection.QueryAsync<T>(sql, interval, cancellationToken);
        }

        private static IReadOnlyList<KpiGroup> Largest(IEnumerable<GroupRow> rows) =>
            [.. rows.OrderByDescending(row => row.Revenue).Select(Group)];

        private static KpiGroup Group(GroupRow row) =>
            new(
                row.Key ?? "Unknown",
                row.Orders,
                row.Revenue,
                row.Margin,
                Average(row.Revenue, row.Orders - row.Cancelled),
                Rate(row.Cancelled, row.Orders)
            );

        private static IReadOnlyList<Cohort> Cohorts(IReadOnlyList<CohortRow> rows) =>
            [
                .. rows.GroupBy(row => row.Cohort)
                    .Select(group =>
                    {
                        var first = group.First(row => row.Months_Later == 0).Customers;
                        var last = group.Max(row => row.Months_Later);
                        var later = group.ToDictionary(row => row.Months_Later, row => row.Customers);
                        return new Cohort(
                            $"{group.Key / 12}-{(group.Key % 12) + 1:00}",
                            first,
                            [.. Enumerable.Range(0, last + 1).Select(month => Rate(later.GetValueOrDefault(month), first))]
                        );
                    }),
            ];

        private static int DateKey(DateOnly day) => (day.Year * 10000) + (day.Month * 100) + day.Day;

        private static DateOnly? DayOf(object? date) =>
            date switch
            {
                DateOnly day => day,
                DateTime time => DateOnly.FromDateTime(time),
                _ => null,
            };

        private static decimal Average(decimal revenue, long orders) => orders == 0 ? 0 : Math.Round(revenue / orders, 2);

        private static decimal Rate(long part, long whole) => whole == 0 ? 0 : Math.Round((decimal)part / whole, 4);
    }

    private sealed class GroupRow
    {
        public string Part { get; set; } = "";

        public string? Key { get; set; }

        public object? First_Day { get; set; }

        public object? Last_Day { get; set; }

        public long Orders { get; set; }

        public long Cancelled { get; set; }

        public decimal Revenue { get; set; }

        public decimal? Margin { get; set; }
    }

    private sealed class ProductRow
    {
        public string? Sku { get; set; }

        public string? Name { get; set; }

        public long Quantity { get; set; }

        public decimal Revenue { get; set; }

        public decimal? Margin { get; set; }
    }

    private sealed class CohortRow
    {
        public int Cohort { get; set; }

        public int Months_Later { get; set; }

        public long Customers { get; set; }
    }
}
