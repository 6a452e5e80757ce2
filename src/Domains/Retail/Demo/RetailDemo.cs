using Tradepost.Retail.Etl;
using Tradepost.Retail.Forecasting;
using Tradepost.Retail.Generation;
using Tradepost.Retail.Indicators;
using Tradepost.Serving;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Training.Registry;

namespace Tradepost.Retail.Demo;

/// <summary>A sample shop, its warehouse, a week that passes, the key figures, and a forecast.</summary>
internal sealed record RetailDemo
{
    private const int DaysThatPass = 7;
    private const int MostDays = 90;
    private const int Months = 6;

    public required GenerateReport? Generate { get; init; }

    public required EtlResult Etl { get; init; }

    public required int Days { get; init; }

    public required GenerateReport? Advance { get; init; }

    public required EtlResult Incremental { get; init; }

    public required KpiResult Kpi { get; init; }

    public required IReadOnlyList<ForecastResult> Forecasts { get; init; }

    public static async Task<DemoResult> LoadAsync(Session session, CancellationToken cancellationToken)
    {
        var isNew = !File.Exists(Path.Combine(session.Settings.DataFolder, "retail", "orders.duckdb"));
        var today = DateOnly.FromDateTime(session.Time.GetUtcNow().UtcDateTime);
        var until = today.AddDays(-DaysThatPass);
        var generated = isNew ? await GenerateAsync(new GenerateOptions { Until = until }) : null;
        var full = await LoadAsync(EtlMode.Full);
        var isTrained = await HasVersionsAsync(session, cancellationToken);
        var first = isTrained ? null : await ForecastAsync(new ForecastOptions { Until = until, ChangepointPriorScale = 1 });
        var days = await DaysBehindAsync(session, today, cancellationToken);
        var advanced = days > 0 ? await GenerateAsync(new GenerateOptions { Advance = days }) : null;
        var incremental = await LoadAsync(EtlMode.Incremental);
        var kpi = await session.RunAsync<KpiResult>("retail.kpi", new KpiOptions(), cancellationToken);
        var second = isTrained && days == 0 ? null : await ForecastAsync(new ForecastOptions());
        var demo = new RetailDemo
        {
            Generate = generated,
            Etl = full,
            Days = days,
            Advance = advanced,
            Incremental = incremental,
            Kpi = kpi,
            Forecasts = [.. new[] { first, second }.OfType<ForecastResult>()],
        };
        var data = Path.GetRelativePath(session.Terminal.Folder, session.Settings.DataFolder);
        var ofStore = session.Settings.Store is EmbeddedTarget ? $" --data {data}" : "";
        return new DemoResult(
            demo,
            demo.Print,
            [
                $"retail kpi --by week --data {data}",
                $"db query \"SELECT order_status, count(*), sum(net) FROM fact_sales GROUP BY 1\"{ofStore}",
                $"models show {RevenueForecasts.Model} --data {data}",
            ]
        );

        Task<GenerateReport> GenerateAsync(GenerateOptions options) =>
            session.RunAsync<GenerateReport>("retail.generate", options, cancellationToken);

        Task<EtlResult> LoadAsync(EtlMode mode) =>
            session.RunAsync<EtlResult>("retail.etl", new EtlOptions { Mode = mode }, cancellationToken);

        Task<ForecastResult> ForecastAsync(ForecastOptions options) =>
            session.RunAsync<ForecastResult>(RevenueForecasts.Job, options, cancellationToken);
    }

    private static async Task<bool> HasVersionsAsync(Session session, CancellationToken cancellationToken)
    {
        await using var store = session.Settings.Store.Open(session.Time);
        return (await new ModelRegistry(store, session.Time).ListAsync(cancellationToken)).Any(model =>
            model.Name == RevenueForecasts.Model
        );
    }

    /// <summary>
    /// Days between the last one that something happened on in the shop and yesterday: the shop must not run ahead of the clock, and a
    /// second demo on the same day finds nothing new, whatever the hour.
    /// </summary>
    private static async Task<int> DaysBehindAsync(Session session, DateOnly today, CancellationToken cancellationToken)
    {
        await using var store = session.Settings.Store.Open(session.Time);
        await using var connection = await store.OpenAsync(cancellationToken);
        var last = await connection.ScalarAsync<DateTime?>("SELECT max(updated_at) FROM stg_orders", parameters: null, cancellationToken);
        return last is { } moment ? Math.Clamp(today.DayNumber - DateOnly.FromDateTime(moment).DayNumber - 1, 0, MostDays) : 0;
    }

    private void Print(Printer printer)
    {
        printer.Heading("Retail: a web shop's four databases as a star schema");
        printer.Line();
        printer.Pairs(
            (
                "shop",
                Generate?.Counts is { } counts
                    ? $"{counts.Customers:N0} customers, {counts.Products:N0} products, {counts.Orders:N0} orders, made now"
                    : "the one of the last demo"
            ),
            ("full load", Load(Etl)),
            (
                "then",
                Advance?.Advanced is { } advanced
                    ? $"{Days} {(Days == 1 ? "day" : "days")} passed in the shop: {advanced.Orders:N0} new orders"
                    : "no day passed in the shop since the last demo"
            ),
            ("incremental load", Load(Incremental)),
            ("proof", $"source and warehouse compared row by row: {Incremental.Differing:N0} rows differ")
        );
        printer.Line();
        printer.Pairs(
            ("revenue", Values.Show("", Kpi.Revenue)),
            ("margin", Values.Show("", Kpi.Margin)),
            ("orders", Values.Show("", Kpi.Orders)),
            ("average order", Values.Show("", Kpi.AverageOrderValue)),
            ("cancelled", Values.Show("Rate", Kpi.CancellationRate))
        );
        printer.Line();
        Groups(printer, "month", Kpi.ByPeriod.TakeLast(Months));
        printer.Line();
        Groups(printer, "region", Kpi.ByRegion);
        printer.Line();
        PrintForecasts(printer);
    }

    private void PrintForecasts(Printer printer)
    {
        if (Forecasts.Count == 0)
        {
            return;
        }

        printer.Table(
            ["forecast of revenue", "stage", "error (MASE)", "last week repeated", "days within the interval"],
            Forecasts.Select(forecast =>
                (IReadOnlyList<object?>)
                    [
                        $"version {forecast.Version:N0}",
                        forecast.Stage,
                        forecast.Metrics["mase"].Value,
                        forecast.Metrics["mase"].SeasonalNaive,
                        Values.Show("Rate", forecast.Metrics["coverage"].Value),
                    ]
            )
        );
        printer.Line(Forecasts[^1].Note);
        printer.Line();
    }

    private static string Load(EtlResult etl) =>
        $"{etl.RowsRead:N0} rows read, {etl.Tables.Values.Sum(table => table.Changed):N0} changed in the warehouse, {etl.Seconds:0.00} s";

    private static void Groups(Printer printer, string name, IEnumerable<KpiGroup> groups) =>
        printer.Table(
            [name, "orders", "revenue", "margin"],
            groups.Select(group => (IReadOnlyList<object?>)[group.Key, group.Orders, group.Revenue, group.Margin])
        );
}
