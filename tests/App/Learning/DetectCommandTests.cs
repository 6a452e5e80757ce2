using System.Xml.Linq;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Learning;

public sealed class DetectCommandTests : IDisposable
{
    private static readonly DateTime Start = new(2024, 1, 1);

    private readonly TemporaryFolder folder = new();

    private TradepostProcess Tradepost => new(folder.Path);

    [Fact]
    public async Task Each_row_gets_a_score_an_interval_and_a_reason_and_anomalies_are_drawn()
    {
        Write("load.csv", "at,load", hour => $"{Start.AddHours(hour):yyyy-MM-dd HH:mm:ss},{Load(hour)}");

        var report = await Tradepost.RunJsonAsync(
            "detect",
            "load.csv",
            "--time",
            "at",
            "--value",
            "load",
            "--out",
            "out.csv",
            "--plot",
            "out.svg"
        );

        report.GetProperty("rows").GetInt32().ShouldBe(500);
        report
            .GetProperty("anomalies")
            .EnumerateArray()
            .Select(anomaly => anomaly.GetProperty("timestamp").GetDateTime())
            .ShouldContain(Start.AddHours(450));
        var lines = File.ReadAllLines(Path.Combine(folder.Path, "out.csv"));
        lines[0].ShouldBe("timestamp,value,anomaly_score,lower,upper,reason");
        lines.Length.ShouldBe(501);
        lines[451].ShouldStartWith("2024-01-19 18:00:00,99,0.");
        lines[451].ShouldContain("value 99 above the expected");
        XDocument
            .Load(Path.Combine(folder.Path, "out.svg"))
            .Descendants()
            .Count(element => element.Name.LocalName == "circle")
            .ShouldBe(report.GetProperty("anomalies").GetArrayLength());
    }

    [Fact]
    public async Task Missing_repeated_and_unordered_rows_come_out_in_their_places()
    {
        File.WriteAllText(
            Path.Combine(folder.Path, "rough.csv"),
            "timestamp,value,note\n2024-01-01 00:00,1,\"a, b\"\n2024-01-01 01:00,,\n2024-01-01 01:00,2,\n2024-01-01 00:30,NaN,\n2024-01-01,3,\n"
        );

        var report = await Tradepost.RunJsonAsync("detect", "rough.csv", "--out", "out.csv");

        report.GetProperty("missing").GetInt32().ShouldBe(2);
        report.GetProperty("gaps").GetInt32().ShouldBe(2);
        report.GetProperty("repeated").GetInt32().ShouldBe(1);
        var rows = File.ReadAllLines(Path.Combine(folder.Path, "out.csv"))[1..].Select(line => line.Split(',')).ToArray();
        rows.Select(row => row[0]).ShouldBe(["2024-01-01 00:00", "2024-01-01 01:00", "2024-01-01 01:00", "2024-01-01 00:30", "2024-01-01"]);
        rows.Select(row => row[1]).ShouldBe(["1", "", "2", "NaN", "3"]);
        rows.Select(row => row[5])
            .ShouldBe([
                "",
                "no value",
                "the time of the row before again",
                "no value; time goes back by 30 minutes",
                "time goes back by 30 minutes",
            ]);
    }

    [Fact]
    public async Task The_whole_file_may_be_looked_at()
    {
        Write("load.csv", "timestamp,value", hour => $"{Start.AddHours(hour):yyyy-MM-dd HH:mm:ss},{(hour == 30 ? 99 : Load(hour))}");

        var report = await Tradepost.RunJsonAsync("detect", "load.csv", "--whole");

        report
            .GetProperty("anomalies")
            .EnumerateArray()
            .First()
            .GetProperty("timestamp")
            .GetDateTime()
            .ShouldBeInRange(Start.AddHours(30), Start.AddHours(32));
    }

    [Theory]
    [InlineData("no column timestamp", "day,value", "")]
    [InlineData("no column value", "timestamp,sold", "")]
    [InlineData("no rows below its header", "timestamp,value", "")]
    [InlineData("line 3: value is 'many'; expected is a number", "timestamp,value", "2024-01-01,1\n2024-01-02,many\n")]
    [InlineData("line 2: value is '1e30'; expected is a number that is at most 1e20 from zero", "timestamp,value", "2024-01-01,1e30\n")]
    [InlineData("line 2: timestamp is 'soon'; expected is a time", "timestamp,value", "soon,1\n")]
    public async Task What_is_wrong_with_a_file_is_said_in_one_sentence(string expected, string header, string rows)
    {
        File.WriteAllText(Path.Combine(folder.Path, "bad.csv"), $"{header}\n{rows}");

        var result = await Tradepost.RunAsync("detect", "bad.csv", "--out", "out.csv");

        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain(expected);
        File.Exists(Path.Combine(folder.Path, "out.csv")).ShouldBeFalse();
    }

    public void Dispose() => folder.Dispose();

    private static string Load(int hour) =>
        hour == 450 ? "99" : (20 + (5 * Math.Sin(2 * Math.PI * hour / 24)) + (hour * 7919 % 13 * 0.1)).ToString("0.###");

    private void Write(string name, string header, Func<int, string> row) =>
        File.WriteAllLines(Path.Combine(folder.Path, name), [header, .. Enumerable.Range(0, 500).Select(row)]);
}
