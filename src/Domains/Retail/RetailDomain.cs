using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Tradepost.Jobs;
using Tradepost.Jobs.Rights;
using Tradepost.Jobs.Schedules;
using Tradepost.Retail.Demo;
using Tradepost.Retail.Erasure;
using Tradepost.Retail.Etl;
using Tradepost.Retail.Forecasting;
using Tradepost.Retail.Generation;
using Tradepost.Retail.Indicators;
using Tradepost.Retail.Rejects;
using Tradepost.Retail.Routes;
using Tradepost.Retail.Sources;
using Tradepost.Retail.Verification;
using Tradepost.Serving;
using Tradepost.Storage.Retrying;

namespace Tradepost.Retail;

/// <summary>The retail domain's way into the application.</summary>
public static class RetailDomain
{
    /// <summary>One at a time writes to the warehouse.</summary>
    private const string WarehouseKey = "retail.etl";

    public static Domain AddRetail() =>
        new(
            "retail",
            "A web shop's four databases as a star schema.",
            RetailMigrations.Set,
            [
                JobDefinition.Of<GenerateOptions, GenerateReport>(
                    "retail.generate",
                    "Generate a sample shop, or let days pass in it.",
                    GenerateJob.RunAsync
                ) with
                {
                    ConcurrencyKey = _ => "retail.generate",
                    Retry = RetryPolicy.Never,
                    Role = AskerRole.Admin,
                    OnlyHere = GenerateJob.OnlyHere,
                },
                JobDefinition.Of<EtlOptions, EtlResult>(
                    "retail.etl",
                    "Load the warehouse from the shop's databases, fully or incrementally.",
                    EtlJob.RunAsync
                ) with
                {
                    ConcurrencyKey = _ => WarehouseKey,
                    Interval = new JobInterval("start_date", "end_date") { NarrowedBy = ["start_date", "end_date", "days"] },
                },
                JobDefinition.Of<KpiOptions, KpiResult>(
                    "retail.kpi",
                    "Show revenue, orders, margin and cancellations by period, region, manager, category and product.",
                    KeyFigures.RunAsync
                ),
                JobDefinition.Of<ForecastOptions, ForecastResult>(
                    RevenueForecasts.Job,
                    "Train and judge a model of daily revenue, and forecast with the version in production.",
                    ForecastRevenue.RunAsync
                ) with
                {
                    ConcurrencyKey = _ => RevenueForecasts.Job,
                },
                JobDefinition.Of<VerifyOptions, VerifyResult>(
                    "retail.verify",
                    "Prove this deployment: migrate, load, recompute, kill and resume, back up and restore.",
                    VerifyDeployment.RunAsync
                ) with
                {
                    ConcurrencyKey = _ => "retail.verify",
                    Retry = RetryPolicy.Never,
                    Role = AskerRole.Admin,
                },
                JobDefinition.Of<ReplayOptions, ReplayResult>(
                    "retail.replay-rejects",
                    "Load rejected rows that were mended in etl_rejects.",
                    ReplayRejects.RunAsync
                ) with
                {
                    ConcurrencyKey = _ => WarehouseKey,
                },
                JobDefinition.Of<EraseOptions, EraseReceipt>(
                    "retail.erase",
                    "Erase a customer's personal data from the store, and keep later loads from bringing it back.",
                    EraseCustomer.RunAsync
                ) with
                {
                    ConcurrencyKey = _ => WarehouseKey,
                    Retry = RetryPolicy.Never,
                    Role = AskerRole.Admin,
                },
            ]
        )
        {
            Schedules =
            [
                new NewSchedule
                {
                    Name = "retail.daily",
                    Job = "retail.etl",
                    Cron = "0 2 * * *",
                    Arguments = new JsonObject { ["mode"] = "incremental" },
                },
                new NewSchedule
                {
                    Name = "retail.weekly",
                    Job = "retail.etl",
                    Cron = "0 3 * * SUN",
                    Arguments = new JsonObject { ["mode"] = "full" },
                },
            ],
            Routes = RetailRoutes.Map,
            Services = services => services.AddSingleton<KpiCache>(),
            Examples = () =>
                new Dictionary<Type, string>
                {
                    [typeof(RevenueForecast)] = """
                        {"model": "Prophet_daily_revenue", "version": 1, "as_of": "2026-01-01T00:00:00Z", "made_at": "2026-01-01T04:00:12Z",
                         "items": [{"date": "2026-01-01", "value": 65888.03, "lower": 18804.38, "upper": 116062.78, "actual": null}]}
                        """,
                },
            Settings = ShopSources.Settings,
            Demo = new DomainDemo { Load = RetailDemo.LoadAsync },
            PersonalColumns = PersonalData.Columns,
            Freshness = "SELECT source_table AS name, watermark AS latest FROM etl_watermarks ORDER BY 1",
            Sources = (settings, time) =>
                [
                    .. ShopSources
                        .From(settings, time)
                        .Databases.Select(database => new DomainSource(
                            ShopSources.SettingOf(database.Key),
                            database.Value,
                            [.. Shop.Tables.Where(table => table.Database == database.Key).Select(table => table.Name)],
                            $"set {ShopSources.SettingOf(database.Key)} to a MySQL database, or `tradepost retail generate` makes a sample"
                        )),
                ],
        };
}
