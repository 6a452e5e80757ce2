using System.Xml.Linq;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Learning;

public sealed class ForecastCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private TradepostProcess Tradepost => new(folder.Path);

    [Fact]
    public async Task A_file_is_forecast_written_and_drawn()
    {
        Write("sales.csv", "day,sold,price", day => $"{day:yyyy-MM-dd},{Sold(day)},{Price(day)}");

        var report = await Tradepost.RunJsonAsync(
            "forecast",
            "sales.csv",
            "--time",
            "day",
            "--value",
            "sold",
            "--horizon",
            "14",
            "--out",
            "out.csv",
            "--plot",
            "out.svg",
            "--components",
            "--save",
            "model.json"
        );

        report.GetProperty("rows").GetInt32().ShouldBe(120);
        report.GetProperty("changepoints").GetArrayLength().ShouldBe(25);
        report.GetProperty("objective").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Number);
        var lines = Lines("out.csv");
        lines[0].ShouldStartWith("ds,yhat,yhat_lower,yhat_upper,trend,");
        lines.Length.ShouldBe(1 + 120 + 14);
        lines[^1].ShouldStartWith("2024-05-13,");
        XDocument.Load(Path.Combine(folder.Path, "out.svg")).Root!.Name.LocalName.ShouldBe("svg");
        File.Exists(Path.Combine(folder.Path, "model.json")).ShouldBeTrue();
    }

    [Fact]
    public async Task Options_holidays_and_a_future_are_read_from_files()
    {
        Write("sales.csv", "ds,y,price", day => $"{day:yyyy-MM-dd},{Sold(day)},{Price(day)}");
        Write("future.csv", "ds,price", day => $"{day.AddDays(120):yyyy-MM-dd},{Price(day)}");
        File.WriteAllText(
            Path.Combine(folder.Path, "options.json"),
            """{"growth": "linear", "weekly_seasonality": 2, "seasonality_mode": "multiplicative", "regressors": [{"name": "price", "mode": "additive"}]}"""
        );
        File.WriteAllText(
            Path.Combine(folder.Path, "holidays.csv"),
            "holiday,ds,lower_window,upper_window\nfair,2024-02-10,0,1\nfair,2024-06-10,0,1\n"
        );

        await Tradepost.RunJsonAsync(
            "forecast",
            "sales.csv",
            "--options",
            "options.json",
            "--holidays",
            "holidays.csv",
            "--future",
            "future.csv",
            "--out",
            "out.csv"
        );

        var lines = Lines("out.csv");
        lines.Length.ShouldBe(1 + 240);
        new[] { "weekly", "fair", "price", "holidays" }.Except(lines[0].Split(',')).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_past_is_forecast_to_see_how_good_that_is()
    {
        Write("sales.csv", "ds,y", day => $"{day:yyyy-MM-dd},{Sold(day)}");

        var report = await Tradepost.RunJsonAsync(
            "forecast",
            "sales.csv",
            "--horizon",
            "10",
            "--cross-validate",
            "--calibrate",
            "--initial",
            "60",
            "--period",
            "5"
        );

        report.GetProperty("calibration").GetDouble().ShouldBeInRange(0.3, 3);
        var validation = report.GetProperty("cross_validation");
        validation.GetProperty("cutoffs").GetArrayLength().ShouldBe(10);
        validation.GetProperty("rows").GetInt32().ShouldBe(100);
        validation.GetProperty("metrics").EnumerateArray().Last().GetProperty("horizon_days").GetDouble().ShouldBe(10);
    }

    [Fact]
    public async Task Months_of_the_past_go_by_the_calendar()
    {
        var months = Enumerable.Range(0, 48).Select(month => new DateTime(2020, 1, 31).AddMonths(month));
        File.WriteAllLines(
            Path.Combine(folder.Path, "months.csv"),
            months.Select(month => $"{month:yyyy-MM-dd},{(month.Year * 12) + month.Month}").Prepend("ds,y")
        );

        var report = await Tradepost.RunJsonAsync(
            "forecast",
            "months.csv",
            "--horizon",
            "3",
            "--cross-validate",
            "--initial",
            "36",
            "--period",
            "3"
        );

        var validation = report.GetProperty("cross_validation");
        validation
            .GetProperty("cutoffs")
            .EnumerateArray()
            .Select(cutoff => cutoff.GetDateTime())
            .ShouldBe([new(2023, 3, 31), new(2023, 6, 30), new(2023, 9, 30)]);
        validation.GetProperty("rows").GetInt32().ShouldBe(9);
    }

    [Theory]
    [InlineData("no column ds", "day,sold", "")]
    [InlineData("no column y", "ds,sold", "")]
    [InlineData("line 2: y is 'many'", "ds,y", "2024-01-01,many")]
    [InlineData("line 2: ds is 'soon'", "ds,y", "soon,1")]
    [InlineData("at least 2", "ds,y", "2024-01-01,1\n2024-01-02,")]
    public async Task What_is_wrong_with_a_file_is_said_in_one_sentence(string expected, string header, string row)
    {
        File.WriteAllText(Path.Combine(folder.Path, "bad.csv"), $"{header}\n{row}\n");

        var result = await Tradepost.RunAsync("forecast", "bad.csv");

        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain(expected);
        result.Errors.ShouldNotContain("Parameter");
    }

    public void Dispose() => folder.Dispose();

    private string[] Lines(string name) => File.ReadAllLines(Path.Combine(folder.Path, name));

    private void Write(string name, string header, Func<DateTime, FormattableString> row) =>
        File.WriteAllLines(
            Path.Combine(folder.Path, name),
            Enumerable.Range(0, 120).Select(day => row(new DateTime(2024, 1, 1).AddDays(day)).ToString()).Prepend(header)
        );

    private static double Sold(DateTime day) =>
        50 + (0.1 * day.DayOfYear) + (5 * Math.Sin(2 * Math.PI * day.DayOfYear / 7)) + (2 * Math.Sin(day.DayOfYear * 12.9898)) - Price(day);

    private static double Price(DateTime day) => 10 + Math.Cos(day.DayOfYear / 9.0);
}
