using System.Text.Json;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Learning;

/// <summary>What the commands on files guess, and say.</summary>
public sealed class FileNoticesTests : IDisposable
{
    private static readonly DateTime Start = new(2024, 1, 1);

    private readonly TemporaryFolder folder = new();

    private TradepostProcess Tradepost => new(folder.Path);

    [Fact]
    public async Task How_a_file_is_read_stands_on_standard_error_and_in_json()
    {
        Write("days.csv", "ds;y", Enumerable.Range(0, 30).Select(i => Text($"{Start.AddDays(i):dd.MM.yyyy};{i},5")));

        var shown = await Tradepost.RunAsync("forecast", "days.csv", "--horizon", "1");
        var json = await Tradepost.RunJsonAsync("forecast", "days.csv", "--horizon", "1");

        shown.Errors.ShouldBe("read as: semicolon, decimal comma, day.month.year\n");
        shown.Output.ShouldNotContain("read as");
        json.GetProperty("read_as").GetString().ShouldBe("semicolon, decimal comma, day.month.year");
    }

    [Fact]
    public async Task Series_under_each_other_are_not_forecast_as_one()
    {
        var rows = Enumerable
            .Range(0, 40)
            .Select(i => Text($"{Start.AddDays(i % 20):yyyy-MM-dd},{(i < 20 ? 10 : 1000) + i},{(i < 20 ? "a" : "b")}"));
        Write("two.csv", "ds,y,shop", rows);

        var result = await Tradepost.RunAsync("forecast", "two.csv", "--horizon", "1");

        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain(
            "line 22: ds '2024-01-01' is in line 2 as well, and so are the times of 20 rows; a forecast is of one series"
        );
    }

    [Fact]
    public async Task A_time_that_comes_twice_now_and_then_is_told()
    {
        Write("one.csv", "ds,y", Enumerable.Range(0, 40).Select(i => Text($"{Start.AddDays(i == 39 ? 5 : i):yyyy-MM-dd},{i}")));

        var report = await Tradepost.RunJsonAsync("forecast", "one.csv", "--horizon", "1");

        Notes(report).ShouldContain("1 rows have a time that a row before them has");
    }

    [Fact]
    public async Task The_newest_row_first_is_judged_from_the_oldest_on_and_stays_in_its_place()
    {
        static string Row(int hour) =>
            Text($"{Start.AddHours(hour):yyyy-MM-dd HH:mm:ss},{(hour == 250 ? 99 : 20 + (hour % 24) + (hour * 7919 % 13 * 0.1)):0.0}");
        Write("up.csv", "timestamp,value", Enumerable.Range(0, 300).Select(Row));
        Write("down.csv", "timestamp,value", Enumerable.Range(0, 300).Reverse().Select(Row));

        var up = await Tradepost.RunJsonAsync("detect", "up.csv", "--out", "up.out");
        var down = await Tradepost.RunJsonAsync("detect", "down.csv", "--out", "down.out");

        Notes(down).ShouldContain("The newest row is the first; rows are judged from the oldest on.");
        down.GetProperty("gaps").GetInt32().ShouldBe(0);
        down.GetProperty("anomalies").GetArrayLength().ShouldBe(up.GetProperty("anomalies").GetArrayLength());
        File.ReadAllLines(folder.Combine("down.out"))[1..].Reverse().ShouldBe(File.ReadAllLines(folder.Combine("up.out"))[1..]);
    }

    [Fact]
    public async Task Codes_are_texts_when_a_user_says_so_and_told_when_not()
    {
        Write("zip.csv", "zip,y", Enumerable.Range(0, 60).Select(i => Text($"0{1000 + (i % 3)},{(i % 3) * 10}")));
        Write("new.csv", "zip", ["01001", "1001"]);

        var numbers = await Tradepost.RunJsonAsync("fit", "zip.csv", "--target", "y", "--model", "forest");
        var texts = await Tradepost.RunJsonAsync(
            "fit",
            "zip.csv",
            "--target",
            "y",
            "--model",
            "ridge",
            "--categories",
            "zip",
            "--save",
            "m.json"
        );
        var scored = await Tradepost.RunJsonAsync("score", "m.json", "new.csv", "--out", "o.csv");
        var none = await Tradepost.RunAsync("fit", "zip.csv", "--target", "y", "--model", "ridge", "--categories", "town");

        Notes(numbers)
            .ShouldContain("zip has codes with a zero in front, which are read as numbers ('01000' in line 2; --categories zip reads");
        Notes(texts).ShouldNotContain("codes");
        texts.GetProperty("metrics").GetProperty("r2").GetDouble().ShouldBeGreaterThan(0.8);
        Notes(scored).ShouldContain("1 cells of zip are texts that were not in the fit, first '1001' in line 3.");
        (none.ExitCode, none.Errors).ShouldBe((2, "zip.csv has no column town; it has zip, y.\n"));
    }

    [Fact]
    public async Task Texts_that_are_spelled_in_two_ways_are_refused_as_labels_and_told_as_categories()
    {
        Write(
            "label.csv",
            "a,label",
            Enumerable
                .Range(0, 40)
                .Select(i => Text($"{i},{(i % 2 == 0 ? "no" : i == 39 ? "YES " : "yes")}"))
        );
        Write(
            "town.csv",
            "town,y",
            Enumerable
                .Range(0, 40)
                .Select(i => Text($"{(i % 2 == 0 ? "Oslo" : i == 39 ? "rome" : "Rome")},{i % 2}.5"))
        );

        var label = await Tradepost.RunAsync("fit", "label.csv", "--target", "label", "--model", "boosting");
        var town = await Tradepost.RunJsonAsync("fit", "town.csv", "--target", "y", "--model", "boosting");

        label.ExitCode.ShouldBe(2);
        label.Errors.ShouldContain("line 41: label is 'YES'; expected is 'yes', as in line 3: a label has one spelling");
        Notes(town).ShouldContain("town has 'Rome' and 'rome', which are categories of their own.");
    }

    [Fact]
    public async Task Clicks_have_the_same_model_from_either_decimal_sign()
    {
        var prices = Enumerable.Range(0, 400).Select(i => (Price: (i % 17) / 4.0, Click: i % 17 > 10 && i % 3 > 0 ? 1 : 0)).ToList();
        Write("point.csv", "price,click", prices.Select(one => Text($"{one.Price:0.##},{one.Click}")));
        Write("comma.csv", "price;click", prices.Select(one => Text($"{one.Price:0.##};{one.Click}").Replace('.', ',')));
        folder.Write("o.json", """{"epochs":1,"members":1,"intervals":false,"hidden":[4],"embedding_dim":2}""");
        string[] rest = ["--fields", "price:bucket", "--options", "o.json", "--save"];

        await Tradepost.RunJsonAsync(["clicks", "train", "point.csv", .. rest, "point.model"]);
        var comma = await Tradepost.RunJsonAsync(["clicks", "train", "comma.csv", .. rest, "comma.model"]);

        comma.GetProperty("read_as").GetString().ShouldBe("semicolon, decimal comma");
        File.ReadAllBytes(folder.Combine("comma.model")).ShouldBe(File.ReadAllBytes(folder.Combine("point.model")));
    }

    [Fact]
    public async Task Holidays_are_of_a_form_of_their_own_and_take_the_order_of_days_from_the_history()
    {
        Write("days.csv", "ds;y", Enumerable.Range(0, 30).Select(i => Text($"{Start.AddDays(i):dd/MM/yyyy};{i % 7},5")));
        folder.Write("feasts.csv", "holiday,ds\nfeast,05/01/2024\n");

        var unsaid = await Tradepost.RunAsync("forecast", "days.csv", "--holidays", "feasts.csv", "--horizon", "1");
        await Tradepost.RunJsonAsync(
            "forecast",
            "days.csv",
            "--holidays",
            "feasts.csv",
            "--horizon",
            "1",
            "--date-format",
            "day/month/year",
            "--out",
            "out.csv"
        );

        unsaid.Errors.ShouldContain("feasts.csv: ds is day/month/year or month/day/year in every row");
        var lines = File.ReadAllLines(folder.Combine("out.csv"));
        var feast = Array.IndexOf(lines[0].Split(','), "feast");
        lines[1..].Where(line => line.Split(',')[feast] != "0").Select(line => line[..10]).ShouldBe(["2024-01-05"]);
    }

    [Fact]
    public async Task Times_that_are_written_have_one_form()
    {
        Write("hours.csv", "ds,y", Enumerable.Range(0, 60).Select(i => Text($"{Start.AddHours(i):yyyy-MM-dd HH:mm},{i % 24}")));

        await Tradepost.RunJsonAsync("forecast", "hours.csv", "--horizon", "2", "--out", "out.csv");

        File.ReadAllLines(folder.Combine("out.csv"))[1].ShouldStartWith("2024-01-01 00:00:00,");
    }

    [Fact]
    public async Task Nothing_is_written_where_one_of_the_files_cannot_be()
    {
        Write("days.csv", "ds,y", Enumerable.Range(0, 30).Select(i => Text($"{Start.AddDays(i):yyyy-MM-dd},{i}")));

        var result = await Tradepost.RunAsync("forecast", "days.csv", "--out", "a.csv", "--plot", "/no/where.svg");

        (result.ExitCode, result.Errors).ShouldBe((2, "--plot is /no/where.svg, and there is no folder /no.\n"));
        File.Exists(folder.Combine("a.csv")).ShouldBeFalse();
    }

    public void Dispose() => folder.Dispose();

    private static string Text(FormattableString text) => text.ToString();

    private static string Notes(JsonElement report) =>
        string.Join('\n', report.GetProperty("notes").EnumerateArray().Select(note => note.GetString()));

    private void Write(string name, string header, IEnumerable<string> rows) =>
        folder.Write(name, string.Concat(rows.Prepend(header).Select(row => row + "\n")));
}
