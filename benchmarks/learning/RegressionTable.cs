using System.Globalization;
using System.IO.Compression;
using Tradepost.Learning.Regression;

namespace Tradepost.Benchmarks.Learning;

/// <summary>The 200,000 rows of 30 columns, with a target of numbers and one of classes, and the rows to judge by.</summary>
internal sealed class RegressionTable
{
    private readonly double[][] columns;
    private readonly string[] names;
    private readonly int[] train;
    private readonly int[] test;

    public RegressionTable(string path)
    {
        using var file = File.OpenRead(path);
        using var text = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        names = text.ReadLine()!.Split(',');
        var lists = names.Select(_ => new List<double>()).ToArray();
        while (text.ReadLine() is { } line)
        {
            var at = 0;
            foreach (var cell in line.AsSpan().Split(','))
            {
                lists[at++].Add(double.Parse(line.AsSpan(cell), CultureInfo.InvariantCulture));
            }
        }

        columns = [.. lists.Select(list => list.ToArray())];
        var isTest = Column("is_test");
        train = [.. Enumerable.Range(0, isTest.Length).Where(row => isTest[row] == 0)];
        test = [.. Enumerable.Range(0, isTest.Length).Where(row => isTest[row] == 1)];
        string[] features = [.. names.Where(name => name[0] == 'x')];
        var all = new FeatureTable(features, [.. features.Select(Column)]);
        (Train, Test) = (all.Take(train), all.Take(test));
    }

    public FeatureTable Train { get; }

    public FeatureTable Test { get; }

    public double[] TrainTarget(bool isClassifier) => [.. train.Select(row => Column(isClassifier ? "y_clf" : "y")[row])];

    public double[] TestTarget(bool isClassifier) => [.. test.Select(row => Column(isClassifier ? "y_clf" : "y")[row])];

    /// <summary>The features of the training or test rows: all of the first column, then all of the second.</summary>
    public double[] Features(bool ofTest) =>
        [.. names.Where(name => name[0] == 'x').Select(Column).SelectMany(column => (ofTest ? test : train).Select(row => column[row]))];

    private double[] Column(string name) => columns[Array.IndexOf(names, name)];
}
