using System.Globalization;
using System.Text.Json;
using Tradepost.Learning.Forecasting;
using Tradepost.Tests.Support;

namespace Tradepost.Learning.Tests.Forecasting;

/// <summary>A configuration of goldens/prophet: what R's Prophet got, what it found, and the best optimum known.</summary>
internal sealed class GoldenConfiguration
{
    public static readonly string[] Names =
    [
        "air_multiplicative",
        "peyton_cps_05",
        "peyton_custom_season",
        "peyton_default",
        "peyton_flat",
        "peyton_gap_outliers",
        "peyton_holidays",
        "peyton_ncp10",
        "peyton_regressors",
        "peyton_trend_only",
        "wpR_logistic_cap",
        "wpR_outliers2",
    ];

    public GoldenConfiguration(string name)
    {
        Name = name;
        Golden = JsonDocument.Parse(File.ReadAllText(PathOf("golden.json"))).RootElement;
        History = Recomputed(Series("train.csv"));
        Future = Series("future.csv");
        Options = ReadOptions();
    }

    public string Name { get; }

    public JsonElement Golden { get; }

    public TimeSeries History { get; }

    public TimeSeries Future { get; }

    public ProphetOptions Options { get; }

    public double Range => History.Values!.Where(double.IsFinite).Max() - History.Values!.Where(double.IsFinite).Min();

    public string PathOf(string file) => SharedData.Path($"goldens/prophet/configs/{Name}/{file}");

    public Csv Table(string file) => Csv.Read(PathOf(file));

    public bool Has(string file) => File.Exists(Path.Combine(PathOf(""), file));

    public double BestObjective() =>
        JsonDocument.Parse(File.ReadAllText(PathOf("best_known.json"))).RootElement.GetProperty("best_core").GetDouble();

    /// <summary>R's parameters, its coefficients in the order of our features.</summary>
    public ProphetParameters ParametersOf(ProphetModel model)
    {
        var named = Vector("feature_names", item => item.GetString()!)
            .Zip(Vector("beta", item => item.GetDouble()))
            .ToDictionary(pair => pair.First, pair => pair.Second);
        return new ProphetParameters(
            Golden.GetProperty("k").GetDouble(),
            Golden.GetProperty("m").GetDouble(),
            model.Options.Growth == Growth.Flat ? [] : Vector("delta", item => item.GetDouble()),
            [.. model.Features.Select(feature => named[feature.Name])],
            Golden.GetProperty("sigma_obs").GetDouble()
        );
    }

    /// <summary>A list; lists of one are written as their item.</summary>
    public T[] Vector<T>(string name, Func<JsonElement, T> read)
    {
        var element = Golden.GetProperty(name);
        return element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray().Select(read)] : [read(element)];
    }

    private TimeSeries Series(string file)
    {
        var table = Table(file);
        return new TimeSeries
        {
            Times = table.Times("ds"),
            Values = table.Names.Contains("y") ? table.NumbersAsR("y") : null,
            Columns = table.Names.Except(["ds", "y"]).ToDictionary(column => column, table.NumbersAsR),
        };
    }

    /// <summary>Inputs that R had computed were written with 15 digits, so they are computed again.</summary>
    private TimeSeries Recomputed(TimeSeries rows) =>
        Name switch
        {
            "peyton_gap_outliers" => rows with
            {
                Values = WithSpikes(rows.Values!, new GoldenConfiguration("peyton_default").History.Values!),
            },
            "peyton_regressors" => rows with
            {
                Columns = new Dictionary<string, double[]>(rows.Columns) { ["temp"] = Array.ConvertAll(rows.Times, Temperature) },
            },
            _ => rows,
        };

    private static double[] WithSpikes(double[] rounded, double[] plain)
    {
        var values = rounded.Select((value, i) => double.IsNaN(value) ? value : plain[i]).ToArray();
        for (var (i, isUp) = (100, true); i < values.Length; (i, isUp) = (i + 151, !isUp))
        {
            values[i] += isUp ? 6 : -5;
        }

        return values;
    }

    private static double Temperature(DateTime time)
    {
        var day = (time - DateTime.UnixEpoch).TotalDays;
        return 15 + (10 * Math.Sin((2 * Math.PI * day / 365.25) + 0.7)) + (3 * Math.Sin(day * 1.37)) + (2 * Math.Cos(day * 0.61));
    }

    private ProphetOptions ReadOptions()
    {
        var options = new ProphetOptions { Growth = Enum.Parse<Growth>(Golden.GetProperty("growth").GetString()!, ignoreCase: true) };
        if (Golden.GetProperty("prophet_args") is { ValueKind: JsonValueKind.Object } given)
        {
            foreach (var argument in given.EnumerateObject())
            {
                options = argument.Name switch
                {
                    "growth" => options,
                    "yearly.seasonality" => options with { YearlySeasonality = Setting(argument.Value) },
                    "weekly.seasonality" => options with { WeeklySeasonality = Setting(argument.Value) },
                    "daily.seasonality" => options with { DailySeasonality = Setting(argument.Value) },
                    "seasonality.mode" => options with { SeasonalityMode = SeasonalityMode.Multiplicative },
                    "changepoint.prior.scale" => options with { ChangepointPriorScale = argument.Value.GetDouble() },
                    "n.changepoints" => options with { NChangepoints = argument.Value.GetInt32() },
                    "changepoint.range" => options with { ChangepointRange = argument.Value.GetDouble() },
                    _ => throw new InvalidOperationException($"unknown argument {argument.Name}"),
                };
            }
        }

        if (options.NChangepoints == 10)
        {
            // R rounds positions that count from 1; the fifth differs from Python's.
            options = options with
            {
                Changepoints = Vector("changepoints", item => DateTime.Parse(item.GetString()!, CultureInfo.InvariantCulture)),
            };
        }

        return options with
        {
            Seasonalities = Each("add_seasonality", item => new Seasonality(
                item.GetProperty("name").GetString()!,
                item.GetProperty("period").GetDouble(),
                item.GetProperty("fourier.order").GetInt32(),
                item.TryGetProperty("prior.scale", out var scale) ? scale.GetDouble() : null
            )),
            Regressors = Each("add_regressor", item => new Regressor(
                item.GetProperty("name").GetString()!,
                item.TryGetProperty("prior.scale", out var scale) ? scale.GetDouble() : null,
                null,
                item.TryGetProperty("mode", out var mode) ? Enum.Parse<SeasonalityMode>(mode.GetString()!, ignoreCase: true) : null
            )),
            Holidays = Has("holidays.csv") ? ReadHolidays() : [],
        };
    }

    private Holiday[] ReadHolidays()
    {
        var table = Table("holidays.csv");
        var (dates, lower, upper, scales) = (
            table.Times("ds"),
            table.Numbers("lower_window"),
            table.Numbers("upper_window"),
            table.Numbers("prior_scale")
        );
        return
        [
            .. table
                .Texts("holiday")
                .Select((name, i) => new Holiday(name, DateOnly.FromDateTime(dates[i]), (int)lower[i], (int)upper[i], scales[i])),
        ];
    }

    private T[] Each<T>(string name, Func<JsonElement, T> read) =>
        Golden.GetProperty(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(read)] : [];

    private static SeasonalitySetting Setting(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.True => SeasonalitySetting.On,
            JsonValueKind.False => SeasonalitySetting.Off,
            _ => SeasonalitySetting.OfOrder(value.GetInt32()),
        };
}
