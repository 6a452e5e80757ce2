using System.CommandLine;
using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tradepost.App.Api.Hosting;
using Tradepost.Arguments;
using Tradepost.Retail.Forecasting;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Training.Registry;

namespace Tradepost.App.Cli;

/// <summary><c>demo</c>: a sample shop, its warehouse, a week that passes, the key figures, and a forecast.</summary>
internal static class DemoCommand
{
    private const int DaysThatPass = 7;
    private const int MostDays = 90;
    private const int Months = 6;

    private static readonly string[] StoreSettings =
    [
        SettingNames.DatabaseUrl,
        SettingNames.DatabaseUrlDirect,
        SettingNames.DatabaseHost,
        SettingNames.DatabasePort,
        SettingNames.DatabaseName,
        SettingNames.DatabaseUser,
        SettingNames.DatabasePassword,
        SettingNames.DatabaseSslMode,
        SettingNames.DatabasePoolSize,
    ];

    public static Command Create() =>
        HandledCommand.Of<DemoOptions>(
            "demo",
            "Show what Tradepost does, on sample data, and serve the page.",
            async (options, session, cancellationToken) =>
            {
                var demo = session with { Settings = SettingsFor(session) };
                var result = await LoadAsync(demo, session, cancellationToken);
                if (!options.Once)
                {
                    session.Show(result);
                    await DemoServer.RunAsync(demo, opensBrowser: !options.NoBrowser, cancellationToken);
                }

                return result;
            }
        );

    private static async Task<CommandResult> LoadAsync(Session demo, Session session, CancellationToken cancellationToken)
    {
        var started = session.Time.GetTimestamp();
        var isNew = !File.Exists(Path.Combine(demo.Settings.DataFolder, "retail", "orders.duckdb"));
        var today = DateOnly.FromDateTime(session.Time.GetUtcNow().UtcDateTime);
        var until = today.AddDays(-DaysThatPass).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var generated = isNew ? await RunAsync(demo, "retail.generate", [("--until", until)], cancellationToken) : null;
        var full = await RunAsync(demo, "retail.etl", [("--mode", "full")], cancellationToken);
        var isTrained = await HasVersionsAsync(demo, cancellationToken);
        var first = isTrained
            ? null
            : await RunAsync(demo, RevenueForecasts.Job, [("--until", until), ("--changepoint-prior-scale", "1")], cancellationToken);
        var days = await DaysBehindAsync(demo, today, cancellationToken);
        var advanced =
            days > 0
                ? await RunAsync(demo, "retail.generate", [("--advance", days.ToString(CultureInfo.InvariantCulture))], cancellationToken)
                : null;
        var incremental = await RunAsync(demo, "retail.etl", [("--mode", "incremental")], cancellationToken);
        var kpi = await RunAsync(demo, "retail.kpi", [], cancellationToken);
        var second = isTrained && days == 0 ? null : await RunAsync(demo, RevenueForecasts.Job, [], cancellationToken);
        var seconds = session.Time.GetElapsedTime(started).TotalSeconds;
        var result = new JsonObject
        {
            ["status"] = "succeeded",
            ["data"] = demo.Settings.DataFolder,
            ["store"] = demo.Settings.Store.Description,
            ["retail"] = new JsonObject
            {
                ["generate"] = generated,
                ["etl"] = full,
                ["days"] = days,
                ["advance"] = advanced,
                ["incremental"] = incremental,
                ["kpi"] = kpi,
                ["forecasts"] = new JsonArray([.. new[] { first, second }.OfType<JsonObject>()]),
            },
            ["seconds"] = seconds,
        };
        return new CommandResult(result, printer => Print(printer, session, result));
    }

    private static async Task<bool> HasVersionsAsync(Session demo, CancellationToken cancellationToken)
    {
        await using var store = demo.Settings.Store.Open(demo.Time);
        return (await new ModelRegistry(store, demo.Time).ListAsync(cancellationToken)).Any(model => model.Name == RevenueForecasts.Model);
    }

    /// <summary>
    /// Days between the last one that something happened on in the shop and yesterday: the shop must not run ahead of the clock, and a
    /// second demo on the same day finds nothing new, whatever the hour.
    /// </summary>
    private static async Task<int> DaysBehindAsync(Session demo, DateOnly today, CancellationToken cancellationToken)
    {
        await using var store = demo.Settings.Store.Open(demo.Time);
        await using var connection = await store.OpenAsync(cancellationToken);
        var last = await connection.ScalarAsync<DateTime?>("SELECT max(updated_at) FROM stg_orders", parameters: null, cancellationToken);
        return last is { } moment ? Math.Clamp(today.DayNumber - DateOnly.FromDateTime(moment).DayNumber - 1, 0, MostDays) : 0;
    }

    private static async Task<JsonObject> RunAsync(
        Session session,
        string name,
        (string Option, string Text)[] options,
        CancellationToken cancellationToken
    )
    {
        var job = Domains.Jobs.Single(job => job.Name == name);
        var arguments = ArgumentReader
            .Of(job.Arguments)
            .FromText(options.Select(option => KeyValuePair.Create(option.Option, (IReadOnlyList<string>)[option.Text])));
        var result = await session.RunAsync(job, arguments, cancellationToken);
        return JsonSerializer.SerializeToNode(result, result.GetType(), ResultJson.Options)!.AsObject();
    }

    /// <summary>A folder of its own, the store that is configured, and never a configured shop: the sample is not written into that.</summary>
    private static Settings SettingsFor(Session session)
    {
        var settings = session.Settings;
        var values = StoreSettings
            .Select(name => KeyValuePair.Create(name, settings.Find(name)))
            .Where(pair => pair.Value is not null)
            .ToDictionary(pair => pair.Key, pair => pair.Value!);
        if (settings.Find(SettingNames.Urls) is { } urls)
        {
            values[SettingNames.Urls] = urls;
        }

        values[SettingNames.Data] = Path.Combine(settings.DataFolder, "demo");
        return Settings.Load(new SettingSources(values, new Dictionary<string, string>(), session.Terminal.Folder, _ => null));
    }

    private static void Print(Printer printer, Session session, JsonObject result)
    {
        var retail = result["retail"]!;
        var (full, incremental, kpi) = (retail["etl"]!, retail["incremental"]!, retail["kpi"]!);
        printer.Heading("Retail: a web shop's four databases as a star schema");
        printer.Line();
        printer.Pairs(
            (
                "shop",
                retail["generate"]?["counts"] is { } counts
                    ? $"{Number(counts["customers"])} customers, {Number(counts["products"])} products, {Number(counts["orders"])} orders, made now"
                    : "the one of the last demo"
            ),
            ("full load", Load(full)),
            (
                "then",
                retail["days"]!.GetValue<int>() is > 0 and var days
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"{days} {(days == 1 ? "day" : "days")} passed in the shop: {Number(retail["advance"]!["advanced"]!["orders"])} new orders"
                    )
                    : "no day passed in the shop since the last demo"
            ),
            ("incremental load", Load(incremental)),
            ("proof", $"source and warehouse compared row by row: {Number(incremental["differing"])} rows differ")
        );
        printer.Line();
        printer.Pairs(
            ("revenue", Money(kpi["revenue"])),
            ("margin", Values.Show("", Known(kpi["margin"]))),
            ("orders", Number(kpi["orders"])),
            ("average order", Money(kpi["average_order_value"])),
            ("cancelled", Values.Show("Rate", Decimal(kpi["cancellation_rate"])))
        );
        printer.Line();
        Groups(printer, "month", kpi["by_period"]!.AsArray().TakeLast(Months));
        printer.Line();
        Groups(printer, "region", kpi["by_region"]!.AsArray());
        printer.Line();
        Forecasts(printer, retail["forecasts"]!.AsArray());
        var data = Path.GetRelativePath(session.Terminal.Folder, result["data"]!.GetValue<string>());
        printer.Line(
            string.Create(CultureInfo.InvariantCulture, $"That took {result["seconds"]!.GetValue<double>():0.0} seconds. To look further:")
        );
        printer.Line($"  ./tradepost retail kpi --by week --data {data}");
        printer.Line(
            $"  ./tradepost db query \"SELECT order_status, count(*), sum(net) FROM fact_sales GROUP BY 1\"{(session.Settings.Store is EmbeddedTarget ? $" --data {data}" : "")}"
        );
        printer.Line($"  ./tradepost models show {RevenueForecasts.Model} --data {data}");
        var address = Listener.Parse(SettingNames.Urls, session.Settings.Find(SettingNames.Urls) ?? Listener.Default)[0];
        printer.Line(
            $"  ./tradepost serve --data {data}    the page and the HTTP API, described at {DemoServer.ByName($"{address}")}/docs"
        );
    }

    private static void Forecasts(Printer printer, JsonArray forecasts)
    {
        if (forecasts.Count == 0)
        {
            return;
        }

        printer.Table(
            ["forecast of revenue", "stage", "error (MASE)", "last week repeated", "days within the interval"],
            forecasts.Select(forecast =>
                (IReadOnlyList<object?>)
                    [
                        $"version {Number(forecast!["version"])}",
                        forecast["stage"]!.GetValue<string>(),
                        Figure(forecast, "mase", "value"),
                        Figure(forecast, "mase", "seasonal_naive"),
                        Values.Show("Rate", Figure(forecast, "coverage", "value")),
                    ]
            )
        );
        printer.Line(forecasts[^1]!["note"]!.GetValue<string>());
        printer.Line();
    }

    private static double? Figure(JsonNode forecast, string metric, string of) => forecast["metrics"]![metric]![of]?.GetValue<double>();

    private static string Load(JsonNode etl) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Number(etl["rows_read"])} rows read, {Changed(etl):N0} changed in the warehouse, {etl["seconds"]!.GetValue<double>():0.00} s"
        );

    private static long Changed(JsonNode etl) => etl["tables"]!.AsObject().Sum(table => table.Value!["changed"]!.GetValue<long>());

    private static void Groups(Printer printer, string name, IEnumerable<JsonNode?> groups) =>
        printer.Table(
            [name, "orders", "revenue", "margin"],
            groups.Select(group =>
                (IReadOnlyList<object?>)
                    [
                        group!["key"]!.GetValue<string>(),
                        group["orders"]!.GetValue<long>(),
                        Decimal(group["revenue"]),
                        Known(group["margin"]),
                    ]
            )
        );

    private static string Number(JsonNode? node) => node!.GetValue<long>().ToString("N0", CultureInfo.InvariantCulture);

    private static string Money(JsonNode? node) => Values.Show("", Decimal(node));

    private static decimal? Known(JsonNode? node) => node is null ? null : Decimal(node);

    private static decimal Decimal(JsonNode? node) => decimal.Parse(node!.GetValue<string>(), CultureInfo.InvariantCulture);
}

internal sealed record DemoOptions
{
    [Description("End when the sample data are loaded; serve no page")]
    public bool Once { get; init; }

    [Description("Do not open a browser")]
    public bool NoBrowser { get; init; }
}
