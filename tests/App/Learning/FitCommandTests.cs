using System.Xml.Linq;
using Tradepost.App.Learning;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Learning;

public sealed class FitCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private TradepostProcess Tradepost => new(folder.Path);

    [Fact]
    public void Every_model_is_in_the_documentation()
    {
        var page = File.ReadAllText(RepositoryRoot.Combine("docs/regression.md"));

        FitModels.All.SelectMany(model => (string[])[model.Name, model.Family]).ShouldAllBe(name => page.Contains($"`{name}`"));
    }

    [Theory]
    [InlineData("hist_gradient_boosting", "hist_gradient_boosting_regressor")]
    [InlineData("linear", "ols")]
    public async Task A_model_is_fitted_saved_and_predicts_the_rows_of_another_file(string name, string model)
    {
        Write("sales.csv", 0, 300);
        Write("later.csv", 300, 80);

        var fit = await Tradepost.RunJsonAsync(
            "fit",
            "sales.csv",
            "--target",
            "sold",
            "--model",
            name,
            "--test",
            "later.csv",
            "--save",
            "model.json",
            "--plot",
            "fit.svg"
        );
        var score = await Tradepost.RunJsonAsync("score", "model.json", "later.csv", "--out", "out.csv");

        fit.GetProperty("model").GetString().ShouldBe(model);
        fit.GetProperty("rows").GetInt32().ShouldBe(300);
        fit.GetProperty("features").GetInt32().ShouldBe(2);
        fit.GetProperty("metrics").GetProperty("r2").GetDouble().ShouldBeGreaterThan(0.8);
        fit.GetProperty("fit_seconds").GetDouble().ShouldBeGreaterThan(0);
        score.GetProperty("metrics").GetProperty("rmse").GetDouble().ShouldBe(fit.GetProperty("metrics").GetProperty("rmse").GetDouble());
        var lines = File.ReadAllLines(Path.Combine(folder.Path, "out.csv"));
        (lines[0], lines.Length).ShouldBe(("prediction", 81));
        XDocument.Load(Path.Combine(folder.Path, "fit.svg")).Root!.Name.LocalName.ShouldBe("svg");
    }

    [Fact]
    public async Task Two_texts_are_classes_and_a_town_that_was_not_there_is_predicted_too()
    {
        Write("sales.csv", 0, 300, hasClasses: true);
        File.WriteAllText(Path.Combine(folder.Path, "options.json"), """{"max_iter": 20, "min_samples_leaf": 5}""");
        File.WriteAllText(Path.Combine(folder.Path, "new.csv"), "price,town\n1,Atlantis\n,Rome\n");

        var fit = await Tradepost.RunJsonAsync(
            "fit",
            "sales.csv",
            "--target",
            "sold",
            "--model",
            "boosting",
            "--options",
            "options.json",
            "--save",
            "model.json"
        );
        var score = await Tradepost.RunJsonAsync("score", "model.json", "new.csv", "--out", "out.csv");

        fit.GetProperty("model").GetString().ShouldBe("hist_gradient_boosting_classifier");
        fit.GetProperty("metrics").GetProperty("auc").GetDouble().ShouldBeGreaterThan(0.8);
        fit.GetProperty("metrics_of").GetString()!.ShouldContain("held out");
        score.GetProperty("rows").GetInt32().ShouldBe(2);
        File.ReadAllLines(Path.Combine(folder.Path, "out.csv"))[0].ShouldBe("probability");
    }

    [Fact]
    public async Task Empty_cells_are_missing_or_on_wish_the_mean()
    {
        File.WriteAllLines(
            Path.Combine(folder.Path, "sales.csv"),
            Enumerable.Range(0, 100).Select(i => $"{(i % 10 == 0 ? "" : i)},{3 * i}").Prepend("price,sold")
        );
        File.WriteAllText(Path.Combine(folder.Path, "options.json"), """{"impute": true}""");

        var ridge = await Tradepost.RunJsonAsync(
            "fit",
            "sales.csv",
            "--target",
            "sold",
            "--model",
            "ridge",
            "--options",
            "options.json",
            "--save",
            "model.json"
        );
        var forest = await Tradepost.RunJsonAsync("fit", "sales.csv", "--target", "sold", "--model", "random_forest");

        ridge.GetProperty("rows").GetInt32().ShouldBe(100);
        forest.GetProperty("rows").GetInt32().ShouldBe(100);
        (await Tradepost.RunJsonAsync("score", "model.json", "sales.csv")).GetProperty("rows").GetInt32().ShouldBe(100);
    }

    [Theory]
    [InlineData("there is no option alfa; perhaps alpha is meant", "ridge", """{"alfa": 2}""")]
    [InlineData("alpha is -1", "ridge", """{"alpha": -1}""")]
    [InlineData("max_iter has a value that it cannot have", "lasso", """{"max_iter": "many"}""")]
    [InlineData("There is no model magic", "magic", "{}")]
    [InlineData("line 3: price is empty", "ridge", """{"alpha": 1}""")]
    public async Task What_is_wrong_is_said_in_one_sentence(string expected, string model, string options)
    {
        File.WriteAllText(
            Path.Combine(folder.Path, "sales.csv"),
            $"price,sold\n1,2\n{(expected.Contains("empty", StringComparison.Ordinal) ? "" : "2")},3\n3,4\n"
        );
        File.WriteAllText(Path.Combine(folder.Path, "options.json"), options);

        var result = await Tradepost.RunAsync("fit", "sales.csv", "--target", "sold", "--model", model, "--options", "options.json");

        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain(expected);
        result.Errors.ShouldNotContain("Parameter");
    }

    public void Dispose() => folder.Dispose();

    private void Write(string name, int from, int count, bool hasClasses = false) =>
        File.WriteAllLines(
            Path.Combine(folder.Path, name),
            Enumerable
                .Range(from, count)
                .Select(i => $"{Price(i):R},{(hasClasses ? Sold(i) > 13 ? "many" : "few" : Sold(i).ToString("R"))},{Town(i)}")
                .Prepend("price,sold,town")
        );

    private static double Price(int i) => 3 + Math.Sin(i * 12.9898);

    private static string Town(int i) =>
        i % 3 == 0 ? "Rome"
        : i % 3 == 1 ? "Oslo"
        : "Bern";

    private static double Sold(int i) => 20 - (3 * Price(i)) + (i % 3 == 0 ? 8 : 0) + (0.5 * Math.Sin(i * 78.233));
}
