using System.Text.Json;
using Tradepost.Learning.Regression;
using Tradepost.Tests.Support;

namespace Tradepost.Learning.Tests.Regression;

/// <summary>A data set of goldens/regression with what scikit-learn and XGBoost made of it.</summary>
internal sealed class GoldenSet
{
    private static readonly Dictionary<string, GoldenSet> Known = [];
    private static readonly Lock Gate = new();

    private readonly JsonElement golden;

    private GoldenSet(string name)
    {
        golden = JsonDocument.Parse(File.ReadAllText(SharedData.Path("goldens/regression/golden.json"))).RootElement.GetProperty(name);
        var file = name == "synthetic_clf" ? "synthetic" : name;
        var table = Csv.Read(SharedData.Path($"goldens/regression/data/{file}.csv{(file == "synthetic" ? ".gz" : "")}"));
        string[] names = [.. table.Names.Where(column => column[0] == 'x')];
        var isTest = table.Numbers("is_test");
        int[] train = [.. Enumerable.Range(0, table.Count).Where(row => isTest[row] == 0)];
        int[] test = [.. Enumerable.Range(0, table.Count).Where(row => isTest[row] == 1)];
        var all = new FeatureTable(names, [.. names.Select(table.Numbers)]);
        var target = table.Numbers(name == "synthetic_clf" ? "y_clf" : "y");
        (Train, Test) = (all.Take(train), all.Take(test));
        (TrainTarget, TestTarget) = ([.. train.Select(row => target[row])], [.. test.Select(row => target[row])]);
    }

    public FeatureTable Train { get; }

    public FeatureTable Test { get; }

    public double[] TrainTarget { get; }

    public double[] TestTarget { get; }

    public static GoldenSet Of(string name)
    {
        lock (Gate)
        {
            return Known.TryGetValue(name, out var known) ? known : Known[name] = new GoldenSet(name);
        }
    }

    public JsonElement Model(string name) => golden.GetProperty("models").GetProperty(name);

    public double Figure(string model, string figure) => Model(model).GetProperty(figure).GetDouble();

    public double[] Numbers(string model, string figure) => Numbers(Model(model).GetProperty(figure));

    /// <summary>Less the mean and in units of the deviation of the training rows, as the goldens' linear models have it.</summary>
    public FeatureTable Standardised(FeatureTable table)
    {
        var (means, deviations) = (Numbers(golden.GetProperty("scale_mean")), Numbers(golden.GetProperty("scale_sd")));
        return new FeatureTable(
            table.Names,
            [
                .. means.Select(
                    (mean, column) => table.Column(column).ToArray().Select(value => (value - mean) / deviations[column]).ToArray()
                ),
            ]
        );
    }

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetDouble())];
}
