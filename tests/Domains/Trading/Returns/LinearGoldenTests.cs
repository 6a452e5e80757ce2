using Tradepost.Learning.Regression;
using Tradepost.Learning.Regression.Linear;
using Tradepost.Trading.Returns;
using Tradepost.Trading.Returns.Walking;

namespace Tradepost.Trading.Tests.Returns;

/// <summary>
/// Against scikit-learn 1.2.1 on the same rows: x[i,j] = sin(1 + 7i + 13j + ij), y[i] = 0.01 cos(3i) + 0.004 x[i,0] - 0.002 x[i,2].
/// </summary>
public sealed class LinearGoldenTests
{
    private const int Rows = 300;

    [Theory]
    [InlineData(
        ReturnMethod.LinearRegression,
        1.6801188410362684e-05,
        0.004021112371454165,
        3.2240279911555634e-05,
        -0.001900980254355357,
        -8.471117497004947e-05
    )]
    [InlineData(
        ReturnMethod.Ridge,
        3.601713503881973e-05,
        0.0005262605918570922,
        2.874475097356055e-06,
        -0.0002487540152976943,
        -8.113626417789607e-06
    )]
    [InlineData(ReturnMethod.Lasso, 1.89927879970439e-05, 0.003532399937987179, 0.0, -0.0014132592681749812, 0.0)]
    [InlineData(ReturnMethod.ElasticNet, 1.90025064979701e-05, 0.0035306773029576406, 0.0, -0.0014125696394357604, 0.0)]
    public void Coefficients_are_those_of_scikit_learn(ReturnMethod method, params double[] expected)
    {
        var names = Enumerable.Range(0, 4).Select(j => $"x{j}").ToArray();
        var columns = names.Select((_, j) => Enumerable.Range(0, Rows).Select(i => X(i, j)).ToArray()).ToArray();
        double[] labels = [.. Enumerable.Range(0, Rows).Select(i => (0.01 * Math.Cos(3 * i)) + (0.004 * X(i, 0)) - (0.002 * X(i, 2)))];
        var table = new FeatureTable(names, columns);
        var scaler = new FoldScaler(names, new double[4], [1, 1, 1, 1], 5);
        var fold = new FoldRows(default, scaler, [.. Enumerable.Range(0, Rows)], table, labels, [], table);

        var model = (LinearModel)new FoldFits(fold, 6, TestContext.Current.CancellationToken).Fit(method);

        double[] fitted = [model.Intercept, .. model.Coefficients];
        for (var j = 0; j < fitted.Length; j++)
        {
            fitted[j].ShouldBe(expected[j], 1e-9);
        }
    }

    private static double X(int i, int j) => Math.Sin(1 + (7.0 * i) + (13.0 * j) + ((double)i * j));
}
