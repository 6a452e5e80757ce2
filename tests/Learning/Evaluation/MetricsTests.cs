using Tradepost.Learning.Evaluation;
using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Tests.Evaluation;

/// <summary>Expected figures are scikit-learn's examples or computed by hand.</summary>
public sealed class MetricsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static readonly double[] Actual = [3, -0.5, 2, 7];
    private static readonly double[] Predicted = [2.5, 0, 2, 8];

    [Fact]
    public void Errors_of_regression_are_scikit_learns()
    {
        RegressionMetrics.Rmse(Actual, Predicted).ShouldBe(Math.Sqrt(0.375), 1e-12);
        RegressionMetrics.Mae(Actual, Predicted).ShouldBe(0.5, 1e-12);
        RegressionMetrics.Mape(Actual, Predicted).ShouldBe(0.3273809523809524, 1e-12);
        RegressionMetrics.Smape(Actual, Predicted).ShouldBe(((0.5 / 2.75) + (0.5 / 0.25) + (1 / 7.5)) / 4, 1e-12);
        RegressionMetrics.Pinball([1, 2, 3], [0, 2, 3], 0.1).ShouldBe(0.1 / 3, 1e-12);
        RegressionMetrics.Pinball([1, 2, 3], [1, 2, 4], 0.1).ShouldBe(0.3, 1e-12);
        RegressionMetrics.Mase([10, 12], [11, 12], [1, 3, 2, 4]).ShouldBe(0.5 / (5.0 / 3), 1e-12);
        RegressionMetrics.Coverage([1, 2, 3], [1, 2.5, 0], [1, 3, 5]).ShouldBe(2.0 / 3, 1e-12);
    }

    [Fact]
    public void Errors_of_probabilities_are_scikit_learns()
    {
        ClassificationMetrics.Auc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]).ShouldBe(0.75, 1e-12);
        ClassificationMetrics.Auc([0, 1, 0, 1], [0.5, 0.5, 0.5, 0.5]).ShouldBe(0.5, 1e-12);
        ClassificationMetrics.LogLoss([1, 0, 0, 1], [0.9, 0.1, 0.2, 0.65]).ShouldBe(0.21616187468057912, 1e-12);
        ClassificationMetrics.Brier([0, 1, 1, 0], [0.1, 0.9, 0.8, 0.3]).ShouldBe(0.0375, 1e-12);
        ClassificationMetrics.CalibrationError([0, 1, 0, 1], [0.5, 0.5, 0.5, 0.5], 1).ShouldBe(0, 1e-12);
        ClassificationMetrics.CalibrationError([0, 0, 1, 1], [0.2, 0.2, 0.7, 0.7], 2).ShouldBe(0.25, 1e-12);
    }

    [Fact]
    public void What_cannot_be_judged_is_refused()
    {
        Should.Throw<ArgumentException>(() => RegressionMetrics.Rmse([], []));
        Should.Throw<ArgumentException>(() => RegressionMetrics.Rmse([1], [1, 2]));
        Should.Throw<ArgumentException>(() => RegressionMetrics.Mae([double.NaN], [1]));
        Should.Throw<ArgumentException>(() => RegressionMetrics.Mape([0], [1]));
        Should.Throw<ArgumentException>(() => ClassificationMetrics.Auc([1, 1], [0.1, 0.2]));
        Should.Throw<ArgumentException>(() => ClassificationMetrics.LogLoss([0.5], [0.5]));
        Should.Throw<ArgumentException>(() => ClassificationMetrics.Brier([1], [1.5]));
    }

    [Fact]
    public void Conformal_bounds_hold_as_often_as_they_say()
    {
        var random = new RandomStream(11);
        var held = 0;
        for (var trial = 0; trial < 4000; trial++)
        {
            double[] scores = [.. Enumerable.Range(0, 30).Select(_ => Math.Exp(random.NextNormal()))];
            held += Math.Exp(random.NextNormal()) <= ConformalInterval.Quantile(scores, 0.8) ? 1 : 0;
        }

        (held / 4000.0).ShouldBeInRange(0.78, 0.83);
        Should.Throw<ArgumentException>(() => ConformalInterval.Quantile([1, 2, 3], 0.8));
    }

    [Fact]
    public void The_bootstrap_of_neighbours_that_go_together_is_wider()
    {
        var random = new RandomStream(2);
        var values = new double[400];
        for (var i = 1; i < values.Length; i++)
        {
            values[i] = (0.9 * values[i - 1]) + random.NextNormal();
        }

        var alone = BlockBootstrap.Interval(values, sample => sample.Average(), 1, cancellationToken: Cancelled);
        var blocks = BlockBootstrap.Interval(values, sample => sample.Average(), 25, cancellationToken: Cancelled);

        (blocks.Upper - blocks.Lower).ShouldBeGreaterThan(2 * (alone.Upper - alone.Lower));
        BlockBootstrap.Interval(values, sample => sample.Average(), 25, cancellationToken: Cancelled).ShouldBe(blocks);
    }
}
