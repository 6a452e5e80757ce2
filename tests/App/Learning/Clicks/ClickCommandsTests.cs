using System.Globalization;
using System.Text;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Learning.Clicks;

public sealed class ClickCommandsTests : IDisposable
{
    private const string Options =
        """{"hidden": [8], "embedding_dim": 4, "epochs": 2, "batch_size": 256, "members": 2, "min_count": 2, "schedule": "linear", "fields": [{"name": "genres", "kind": "multi_valued", "separator": ";"}]}""";

    private readonly TemporaryFolder folder = new();

    private TradepostProcess Tradepost => new(folder.Path);

    [Fact]
    public async Task A_model_is_trained_scores_and_is_judged()
    {
        folder.Write("clicks.csv", Rows(2000));
        folder.Write("options.json", Options);

        var trained = await Tradepost.RunJsonAsync(
            "clicks",
            "train",
            "clicks.csv",
            "--fields",
            "site,genres,price:bucket,age:scale",
            "--time",
            "at",
            "--options",
            "options.json",
            "--save",
            "model.clicks"
        );
        var scored = await Tradepost.RunJsonAsync("clicks", "score", "model.clicks", "clicks.csv", "--out", "out.csv");
        var judged = await Tradepost.RunJsonAsync("clicks", "evaluate", "model.clicks", "clicks.csv");

        trained.GetProperty("rows").GetInt32().ShouldBe(1800);
        trained.GetProperty("validation").GetProperty("auc").GetDouble().ShouldBeInRange(0.3, 1);
        trained.GetProperty("validation").GetProperty("log_loss").GetDouble().ShouldBeInRange(0.1, 1);
        trained.GetProperty("samples_per_second").GetDouble().ShouldBeGreaterThan(0);
        trained.GetProperty("epochs").GetInt32().ShouldBeInRange(1, 2);
        scored.GetProperty("rows").GetInt32().ShouldBe(2000);
        var lines = File.ReadAllLines(folder.Combine("out.csv"));
        lines[0].ShouldBe("probability,lower,upper");
        lines.Length.ShouldBe(2001);
        lines
            .Skip(1)
            .Select(line => line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())
            .ShouldAllBe(row => row[1] > 0 && row[1] < row[0] && row[0] < row[2] && row[2] < 1);
        foreach (var name in new[] { "auc", "log_loss", "normalised_entropy", "calibration_error", "predicted_over_actual", "coverage" })
        {
            double.IsFinite(judged.GetProperty(name).GetDouble()).ShouldBeTrue(name);
        }

        judged
            .GetProperty("values")
            .EnumerateArray()
            .Select(value => value.GetProperty("field").GetString())
            .Distinct()
            .ShouldBe(["site", "genres", "price", "age"]);
    }

    [Fact]
    public async Task A_training_goes_on_from_its_checkpoint_to_the_same_file()
    {
        folder.Write("clicks.csv", Rows(1000));
        folder.Write("options.json", Options);
        string[] train = ["clicks", "train", "clicks.csv", "--fields", "site,price:bucket", "--options", "options.json", "--save"];
        await Tradepost.RunJsonAsync([.. train, "whole.clicks"]);

        using (var process = Tradepost.Start([.. train, "part.clicks", "--checkpoint", "part.checkpoint"]))
        {
            while (!File.Exists(folder.Combine("part.checkpoint")) && !process.HasExited)
            {
                await Task.Delay(1, TestContext.Current.CancellationToken);
            }

            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await Tradepost.RunJsonAsync([.. train, "part.clicks", "--checkpoint", "part.checkpoint", "--threads", "1"]);

        File.ReadAllBytes(folder.Combine("part.clicks")).ShouldBe(File.ReadAllBytes(folder.Combine("whole.clicks")));
        File.Exists(folder.Combine("part.checkpoint")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("line 3: click is '2'; expected is 0 or 1", "site,click\na,1\nb,2\n", "site")]
    [InlineData("line 2: click is ''; expected is 0 or 1", "site,click\na,\n", "site")]
    [InlineData("no column page; it has site, click", "site,click\na,1\n", "page")]
    [InlineData("is empty", "", "site")]
    [InlineData("has a header line and no rows", "site,click\n", "site")]
    [InlineData("line 2: price is 'much'; expected is a number", "price,click\nmuch,1\n", "price:scale")]
    [InlineData("is to be 'words'", "site,click\na,1\n", "site:words")]
    [InlineData("The field site has one value, 'a', in all training rows", "site,click\na,1\na,0\na,1\na,0\na,1\na,0\n", "site")]
    [InlineData("have the label 1", "site,click\na,1\nb,1\n", "site")]
    public async Task What_is_wrong_with_a_file_is_said_in_one_sentence(string expected, string content, string fields)
    {
        folder.Write("bad.csv", content);
        folder.Write("options.json", """{"validation_fraction": 0.4, "seed": 3}""");

        var result = await Tradepost.RunAsync(
            "clicks",
            "train",
            "bad.csv",
            "--fields",
            fields,
            "--save",
            "model.clicks",
            "--options",
            "options.json"
        );

        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain(expected);
        result.Errors.ShouldNotContain("Parameter");
        File.Exists(folder.Combine("model.clicks")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_field_that_names_single_rows_is_refused()
    {
        var text = new StringBuilder("id,click\n");
        for (var i = 0; i < 1_000_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"row{i},{i % 7 / 6}\n");
        }

        folder.Write("ids.csv", text.ToString());

        var result = await Tradepost.RunAsync("clicks", "train", "ids.csv", "--fields", "id", "--save", "model.clicks");

        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain("The field id has 900,000 distinct values in the training rows and none of them in at least 90");
    }

    [Fact]
    public async Task A_model_file_that_was_cut_off_is_refused()
    {
        folder.Write("clicks.csv", Rows(600));
        folder.Write("options.json", Options);
        await Tradepost.RunJsonAsync(
            "clicks",
            "train",
            "clicks.csv",
            "--fields",
            "site",
            "--options",
            "options.json",
            "--save",
            "model.clicks"
        );
        File.WriteAllBytes(folder.Combine("cut.clicks"), File.ReadAllBytes(folder.Combine("model.clicks"))[..^10]);

        var result = await Tradepost.RunAsync("clicks", "score", "cut.clicks", "clicks.csv");

        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain("cut.clicks: The saved click model was cut off or altered");
    }

    public void Dispose() => folder.Dispose();

    private static string Rows(int count)
    {
        var text = new StringBuilder("at,site,genres,price,age,click\n");
        var random = new Random(4);
        for (var i = 0; i < count; i++)
        {
            var site = random.Next(6);
            var click = random.NextDouble() < 0.1 + (0.1 * site) ? 1 : 0;
            text.Append(
                CultureInfo.InvariantCulture,
                $"2024-01-{1 + (i * 28 / count):00},s{site},{(site % 2 == 0 ? "war;love" : "love")},{random.Next(100)},{(i % 9 == 0 ? "" : $"{20 + random.Next(50)}")},{click}\n"
            );
        }

        return text.ToString();
    }
}
