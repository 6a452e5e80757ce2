using Tradepost.Learning.Evaluation;
using Tradepost.Learning.Numerics;
using Tradepost.Learning.Regression;
using Tradepost.Learning.Regression.Linear;

namespace Tradepost.Learning.Tests.Regression;

public sealed class LinearTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void Columns_that_depend_on_each_other_share_their_effect()
    {
        var random = new RandomStream(1);
        double[] x = [.. Enumerable.Range(0, 200).Select(_ => random.NextNormal())];
        double[] y = [.. x.Select(value => 4 + (3 * value))];

        var model = LinearRegression.Fit(
            new FeatureTable(["a", "b"], [x, [.. x.Select(value => 10 * value)]]),
            y,
            cancellationToken: Cancelled
        );

        model.Coefficients[0].ShouldBe(1.5, 1e-6);
        model.Coefficients[1].ShouldBe(0.15, 1e-7);
        model.Intercept.ShouldBe(4, 1e-6);
    }

    [Fact]
    public void A_level_far_above_the_variation_costs_no_digits()
    {
        var random = new RandomStream(2);
        double[] x = [.. Enumerable.Range(0, 5000).Select(_ => 1.7e9 + random.NextNormal())];
        double[] y = [.. x.Select(value => 1e6 + (2 * (value - 1.7e9)))];

        LinearRegression.Fit(new FeatureTable(["time"], [x]), y, cancellationToken: Cancelled).Coefficients[0].ShouldBe(2, 1e-8);
    }

    [Fact]
    public void Without_an_intercept_the_line_goes_through_zero()
    {
        var model = LinearRegression.Fit(
            new FeatureTable(
                ["x"],
                [
                    [1, 2, 3],
                ]
            ),
            [2, 4, 7],
            new LinearRegressionOptions { FitIntercept = false },
            cancellationToken: Cancelled
        );

        model.Intercept.ShouldBe(0);
        model.Coefficients[0].ShouldBe(31 / 14.0, 1e-12);
    }

    [Fact]
    public void More_columns_than_rows_are_selected_from()
    {
        var (table, target) = Wide(rows: 60, columns: 300);

        var model = Lasso.Fit(table, target, new LassoOptions { Alpha = 0.2 }, cancellationToken: Cancelled);

        Enumerable.Range(0, 3).ShouldAllBe(column => Math.Abs(model.Coefficients[column]) > 1);
        model.Coefficients.Count(value => value != 0).ShouldBeLessThan(30);
        model.DualityGap!.Value.ShouldBeLessThan(1e-10 * target.Sum(value => value * value));
    }

    [Fact]
    public void Logistic_regression_with_many_columns_reaches_the_optimum_too()
    {
        var (table, target) = Wide(rows: 400, columns: 700);
        double[] labels = [.. target.Select(value => value > 0 ? 1.0 : 0)];

        var model = LogisticRegression.Fit(table, labels, new LogisticRegressionOptions { C = 0.1 }, cancellationToken: Cancelled);

        var probabilities = model.Predict(table, cancellationToken: Cancelled);
        for (var column = 0; column < table.Names.Count; column++)
        {
            var pull = 0.0;
            for (var row = 0; row < labels.Length; row++)
            {
                pull += (probabilities[row] - labels[row]) * table.Column(column)[row];
            }

            ((0.1 * pull) + model.Coefficients[column]).ShouldBe(0, 1e-6);
        }
    }

    [Fact]
    public void Portions_added_one_after_another_give_the_model_of_all_rows()
    {
        var (table, target) = Wide(rows: 500, columns: 6);
        var sums = new NormalEquations(table.Names);
        foreach (var portion in Enumerable.Range(0, 500).Chunk(70))
        {
            sums.Add(table.Take(portion), [.. portion.Select(row => target[row])], cancellationToken: Cancelled);
        }

        var (ours, all) = (
            sums.Solve(alpha: 2, cancellationToken: Cancelled),
            Ridge.Fit(table, target, new RidgeOptions { Alpha = 2 }, cancellationToken: Cancelled)
        );

        sums.Rows.ShouldBe(500);
        ours.Coefficients.Zip(all.Coefficients).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-10);
        ours.Intercept.ShouldBe(all.Intercept, 1e-10);
        RegressionMetrics
            .Rmse(target, ours.Predict(table, cancellationToken: Cancelled))
            .ShouldBe(RegressionMetrics.Rmse(target, all.Predict(table, cancellationToken: Cancelled)), 1e-10);
    }

    [Fact]
    public void A_bad_setting_is_refused_by_its_name()
    {
        var table = new FeatureTable(
            ["x"],
            [
                [1, 2, 3],
            ]
        );

        Should
            .Throw<ArgumentException>(() => Ridge.Fit(table, [1, 2, 3], new RidgeOptions { Alpha = -1 }, cancellationToken: Cancelled))
            .Message.ShouldContain("alpha is -1");
        Should
            .Throw<ArgumentException>(() =>
                ElasticNet.Fit(table, [1, 2, 3], new ElasticNetOptions { L1Ratio = 2 }, cancellationToken: Cancelled)
            )
            .Message.ShouldContain("l1_ratio is 2");
        Should
            .Throw<ArgumentException>(() => LogisticRegression.Fit(table, [1, 0, 3], cancellationToken: Cancelled))
            .ParamName.ShouldBe("target");
        Should
            .Throw<ArgumentException>(() =>
                Ridge
                    .Fit(table, [1, 2, 3], cancellationToken: Cancelled)
                    .Predict(
                        new FeatureTable(
                            ["z"],
                            [
                                [1],
                            ]
                        ),
                        cancellationToken: Cancelled
                    )
            )
            .Message.ShouldContain("z");
    }

    /// <summary>Only the first three columns matter.</summary>
    private static (FeatureTable Table, double[] Target) Wide(int rows, int columns)
    {
        var random = new RandomStream(7);
        double[][] values =
        [
            .. Enumerable.Range(0, columns).Select(_ => Enumerable.Range(0, rows).Select(_ => random.NextNormal()).ToArray()),
        ];
        double[] target =
        [
            .. Enumerable
                .Range(0, rows)
                .Select(row => (3 * values[0][row]) - (2 * values[1][row]) + (2 * values[2][row]) + (0.1 * random.NextNormal())),
        ];
        return (new FeatureTable([.. Enumerable.Range(0, columns).Select(i => $"x{i}")], values), target);
    }
}
