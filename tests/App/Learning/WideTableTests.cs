using System.Globalization;
using System.Text;
using Tradepost.Learning.Numerics;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Learning;

/// <summary>Few rows with thousands of columns: what takes a matrix of columns takes minutes and gigabytes, what takes one of rows milliseconds.</summary>
public sealed class WideTableTests : IDisposable
{
    private const string Case = "cases/fit-wide-never-ends";
    private const string HalfAGigabyte = "0x20000000";

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task The_table_of_the_case_is_fitted_in_milliseconds_and_megabytes()
    {
        var place = SharedData.Path(Case);
        File.ReadAllText(Path.Combine(place, "expected.txt")).ShouldStartWith("Dual form (n x n) when columns > rows: milliseconds, MBs");
        string[] command =
        [
            .. File.ReadAllText(Path.Combine(place, "command.txt")).Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries),
        ];
        command[0].ShouldBe("tradepost");

        var fit = await Tradepost(place).RunJsonAsync(command[1..]);

        (fit.GetProperty("rows").GetInt32(), fit.GetProperty("features").GetInt32()).ShouldBe((20, 2000));
    }

    [Theory]
    [InlineData("ridge", 6000)]
    [InlineData("ridge", 20_000)]
    [InlineData("ols", 20_000)]
    [InlineData("lasso", 20_000)]
    [InlineData("elastic_net", 20_000)]
    [InlineData("logistic_regression", 20_000)]
    [InlineData("random_forest_regressor", 6000)]
    [InlineData("hist_gradient_boosting_regressor", 20_000)]
    public async Task Other_models_and_more_columns_too(string model, int columns)
    {
        folder.Write("wide.csv", Digits(columns, hasClasses: model == "logistic_regression"));

        var fit = await Tradepost(folder.Path).RunJsonAsync("fit", "wide.csv", "--target", "y", "--model", model);

        fit.GetProperty("features").GetInt32().ShouldBe(columns);
    }

    public void Dispose() => folder.Dispose();

    private static TradepostProcess Tradepost(string place) => new(place) { Environment = { ["DOTNET_GCHeapHardLimit"] = HalfAGigabyte } };

    private static string Digits(int columns, bool hasClasses)
    {
        var (random, text) = (new RandomStream(4), new StringBuilder());
        text.AppendJoin(',', Enumerable.Range(0, columns).Select(column => $"x{column}")).Append(",y\n");
        for (var row = 0; row < 20; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                text.Append(random.NextInt(10)).Append(',');
            }

            text.Append(CultureInfo.InvariantCulture, $"{(hasClasses ? row % 2 : random.NextDouble()):0.000}\n");
        }

        return text.ToString();
    }
}
