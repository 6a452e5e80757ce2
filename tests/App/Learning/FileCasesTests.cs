using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Learning;

/// <summary>The cases of files in ../shared/cases, run where they are by the built program, and held to what each of them calls right.</summary>
public sealed class FileCasesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private TradepostProcess Tradepost => new(folder.Path);

    [Theory]
    [InlineData("dotnet \"$0\" db query 'SELECT 1' >/dev/full", 1, "Standard output cannot be written: there is no space left.")]
    [InlineData("dotnet \"$0\" db query 'SELECT 1' --json >/dev/full", 1, "Standard output cannot be written: there is no space left.")]
    [InlineData("dotnet \"$0\" db query 'SELECT 1' >&-", 1, "Standard output cannot be written: ")]
    [InlineData("dotnet \"$0\" db query 'SELECT 1' --limit 0x10", 2, "--limit is '0x10'; expected is a whole number")]
    [InlineData("dotnet \"$0\" db query 'SELECT 1' --limit 1,5", 2, "--limit is '1,5'; expected is a whole number")]
    [InlineData("dotnet \"$0\" trading collect --rate 1,5", 2, "--rate is '1,5'; expected is a number such as 1.5")]
    public async Task A_closed_or_full_output_is_not_called_a_full_store(string script, int exitCode, string expected)
    {
        SharedData.Path("cases/cli-closed-or-full-stdout");
        await Tradepost.RunJsonAsync("db", "setup");
        var start = new ProcessStartInfo("sh", ["-c", script, TestedProgram.Path])
        {
            WorkingDirectory = folder.Path,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();

        var result = await TradepostProcess.FinishAsync(process);

        result.Errors.ShouldStartWith(expected);
        result.ExitCode.ShouldBe(exitCode);
    }

    [Fact]
    public async Task Day_first_dates_are_asked_for_or_read_right()
    {
        var unsaid = await Tradepost.RunAsync("forecast", Case("csv-day-first-dates/input.csv"), "--horizon", "3");
        await Tradepost.RunJsonAsync(
            "forecast",
            Case("csv-day-first-dates/input.csv"),
            "--horizon",
            "3",
            "--date-format",
            "day/month/year",
            "--out",
            "slashes.csv"
        );
        await Tradepost.RunJsonAsync("forecast", Case("csv-day-first-dates/dots.csv"), "--horizon", "3", "--out", "dots.csv");

        unsaid.ExitCode.ShouldBe(2);
        unsaid.Errors.ShouldContain("ds is day/month/year or month/day/year in every row; say which with --date-format day/month/year");
        foreach (var name in new[] { "slashes.csv", "dots.csv" })
        {
            var rows = Rows(name);
            rows.Length.ShouldBe(36 + 3);
            (rows[0][0], rows[35][0]).ShouldBe(("2021-01-01", "2023-12-01"));
            rows[36..].Select(row => row[0]).ShouldBe(["2024-01-01", "2024-02-01", "2024-03-01"]);
        }
    }

    [Fact]
    public async Task The_same_days_judge_a_click_model_in_either_notation()
    {
        string[] train =
        [
            "clicks",
            "train",
            Case("csv-day-first-dates/clicks.csv"),
            "--fields",
            "site",
            "--options",
            Case("csv-day-first-dates/options.json"),
        ];

        var unsaid = await Tradepost.RunAsync([.. train, "--time", "at", "--save", "unsaid.model"]);
        var iso = await Tradepost.RunJsonAsync([.. train, "--time", "iso", "--save", "iso.model"]);
        var said = await Tradepost.RunJsonAsync([.. train, "--time", "at", "--save", "said.model", "--date-format", "day/month/year"]);

        (unsaid.ExitCode, File.Exists(folder.Combine("unsaid.model"))).ShouldBe((2, false));
        unsaid.Errors.ShouldContain("--date-format day/month/year");
        said.GetProperty("validation").GetRawText().ShouldBe(iso.GetProperty("validation").GetRawText());
        File.ReadAllBytes(folder.Combine("said.model")).ShouldBe(File.ReadAllBytes(folder.Combine("iso.model")));
    }

    [Fact]
    public async Task A_decimal_comma_is_one()
    {
        var forecast = await Tradepost.RunJsonAsync("forecast", Case("csv-decimal-comma/input.csv"), "--horizon", "3", "--out", "out.csv");
        var shown = await Tradepost.RunAsync("detect", Case("csv-decimal-comma/detect.csv"), "--out", "found.csv");

        forecast.GetProperty("read_as").GetString().ShouldBe("semicolon, decimal comma, year-month-day");
        Rows("out.csv")[30..].Select(row => Math.Round(double.Parse(row[1], CultureInfo.InvariantCulture), 1)).ShouldBe([30.5, 31.5, 32.5]);
        shown.ExitCode.ShouldBe(0);
        shown.Errors.ShouldStartWith("read as: semicolon, decimal comma, year-month-day\n");
        shown.Output.ShouldNotContain("4873");
        File.ReadAllLines(folder.Combine("found.csv"))[1..].ShouldAllBe(line => !line.Contains("50007", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("line 1: two columns have the name y", "forecast", "csv-duplicate-header/input.csv", "--horizon", "2")]
    [InlineData("line 1: two columns have the name y", "fit", "csv-duplicate-header/input.csv", "--target", "y", "--model", "ols")]
    [InlineData("line 2: the row has 3 cells; expected are 2", "forecast", "csv-too-many-cells/input.csv", "--horizon", "2")]
    [InlineData("line 5: the row has 4 cells; expected are 3", "fit", "csv-too-many-cells/fit.csv", "--target", "y", "--model", "ridge")]
    [InlineData("line 9: b is empty", "fit", "fit-one-bad-cell-makes-categories/null.csv", "--target", "y", "--model", "ridge")]
    [InlineData("line 9: b is 'inf'", "fit", "fit-one-bad-cell-makes-categories/inf.csv", "--target", "y", "--model", "ridge")]
    [InlineData("line 9: b is '5%'", "fit", "fit-one-bad-cell-makes-categories/unit.csv", "--target", "y", "--model", "ridge")]
    public async Task What_cannot_be_meant_is_refused_with_its_line(string expected, string command, string file, params string[] options)
    {
        var result = await Tradepost.RunAsync([command, Case(file), .. options]);

        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain(expected);
    }

    [Fact]
    public async Task A_clean_column_of_numbers_is_fitted_as_one()
    {
        await Tradepost.RunJsonAsync(
            "fit",
            Case("fit-one-bad-cell-makes-categories/clean.csv"),
            "--target",
            "y",
            "--model",
            "ridge",
            "--save",
            "m.json"
        );
        await Tradepost.RunJsonAsync("score", "m.json", Case("fit-one-bad-cell-makes-categories/new.csv"), "--out", "o.csv");

        var predictions = Rows("o.csv").Select(row => double.Parse(row[0], CultureInfo.InvariantCulture)).ToArray();
        predictions.Zip([4.5, -6, 0.75], (predicted, right) => Math.Abs(predicted - right)).ShouldAllBe(error => error < 0.1);
    }

    [Fact]
    public async Task Times_that_come_twice_are_no_gaps()
    {
        var report = await Tradepost.RunJsonAsync("detect", Case("detect-time-twice-gaps/dupts.csv"));

        report.GetProperty("gaps").GetInt32().ShouldBe(0);
        report.GetProperty("repeated").GetInt32().ShouldBe(500);
        Notes(report).ShouldContain("500 rows have the time of the row before, first in line 3");
    }

    [Fact]
    public async Task A_spike_in_the_first_rows_is_told_at_its_own_time()
    {
        var report = await Tradepost.RunJsonAsync("detect", Case("detect-whole-first-rows/start.csv"), "--whole");

        report
            .GetProperty("anomalies")
            .EnumerateArray()
            .Select(anomaly => (anomaly.GetProperty("timestamp").GetDateTime(), anomaly.GetProperty("value").GetDouble()))
            .ShouldContain((new DateTime(2024, 1, 1, 2, 0, 0), 9999));
    }

    [Fact]
    public async Task Whole_numbers_that_become_one_are_told()
    {
        var report = await Tradepost.RunJsonAsync("fit", Case("fit-ids-over-2-53/big.csv"), "--target", "y", "--model", "ols");

        Notes(report).ShouldContain("id has whole numbers with more digits than are kept (53 bits)");
    }

    [Theory]
    [InlineData("input.csv", "boosting", "hist_gradient_boosting_classifier")]
    [InlineData("nan.csv", "boosting", "hist_gradient_boosting_classifier")]
    [InlineData("nan.csv", "logistic", "logistic_regression")]
    public async Task A_label_that_is_spelled_in_two_ways_is_one(string file, string model, string expected)
    {
        var report = await Tradepost.RunJsonAsync("fit", Case($"fit-label-spelled-two-ways/{file}"), "--target", "label", "--model", model);

        report.GetProperty("model").GetString().ShouldBe(expected);
        Notes(report).ShouldContain("Predictions are probabilities of label = 1.");
    }

    [Fact]
    public async Task A_forecast_keeps_to_the_weekdays_and_hours_of_its_history()
    {
        var days = await Tradepost.RunJsonAsync(
            "forecast",
            Case("forecast-weekdays-only/input.csv"),
            "--horizon",
            "7",
            "--out",
            "days.csv"
        );
        var hours = await Tradepost.RunJsonAsync(
            "forecast",
            Case("forecast-weekdays-only/hours.csv"),
            "--horizon",
            "12",
            "--out",
            "hours.csv"
        );
        var all = await Tradepost.RunJsonAsync("forecast", Case("forecast-weekdays-only/input.csv"), "--horizon", "7", "--frequency", "D");

        Times("days.csv", 7).ShouldAllBe(time => time.DayOfWeek != DayOfWeek.Saturday && time.DayOfWeek != DayOfWeek.Sunday);
        Times("hours.csv", 12).ShouldAllBe(time => time.Hour >= 6 && time.Hour <= 17);
        Notes(days).ShouldContain("The history has values only on Monday, Tuesday, Wednesday, Thursday, Friday, and so has the forecast");
        Notes(hours).ShouldContain("between 06:00 and 17:00");
        Notes(all).ShouldContain("weekdays on which the history never has a value (Saturday, Sunday)");
    }

    [Fact]
    public async Task A_blank_line_of_one_column_is_a_row_that_is_predicted()
    {
        await Tradepost.RunJsonAsync(
            "fit",
            Case("score-blank-line-loses-row/train.csv"),
            "--target",
            "y",
            "--model",
            "boosting",
            "--save",
            "m.json"
        );

        var report = await Tradepost.RunJsonAsync("score", "m.json", Case("score-blank-line-loses-row/rows.csv"), "--out", "o.csv");

        report.GetProperty("rows").GetInt32().ShouldBe(4);
        File.ReadAllLines(folder.Combine("o.csv")).Length.ShouldBe(5);
    }

    public void Dispose() => folder.Dispose();

    private static string Case(string file) => SharedData.Path($"cases/{file}");

    private static string Notes(JsonElement report) =>
        string.Join('\n', report.GetProperty("notes").EnumerateArray().Select(note => note.GetString()));

    private string[][] Rows(string name) => [.. File.ReadAllLines(folder.Combine(name))[1..].Select(line => line.Split(','))];

    private IEnumerable<DateTime> Times(string name, int last) =>
        Rows(name)[^last..].Select(row => DateTime.Parse(row[0], CultureInfo.InvariantCulture));
}
