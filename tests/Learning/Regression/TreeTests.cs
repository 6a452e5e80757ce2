using Tradepost.Learning.Evaluation;
using Tradepost.Learning.Numerics;
using Tradepost.Learning.Regression;
using Tradepost.Learning.Regression.Kinds;
using Tradepost.Learning.Regression.Trees;

namespace Tradepost.Learning.Tests.Regression;

public sealed class TreeTests
{
    private const int Rows = 3000;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void Boosting_further_on_the_same_rows_gives_what_boosting_at_once_gives()
    {
        var (table, target) = Sales();
        var options = new HistGradientBoostingOptions
        {
            MaxIter = 20,
            Loss = BoostingLossKind.Poisson,
            Subsample = 0.8,
        };

        var further = HistGradientBoosting.Continue(
            HistGradientBoosting.FitRegressor(table, target, options, Cancelled),
            table,
            target,
            15,
            Cancelled
        );
        var once = HistGradientBoosting.FitRegressor(table, target, options with { MaxIter = 35 }, Cancelled);

        further.ToJson().ShouldBe(once.ToJson());
    }

    [Fact]
    public void Trees_added_to_a_forest_are_those_of_a_larger_forest()
    {
        var (table, target) = Sales();
        var options = new RandomForestOptions { NEstimators = 5, MaxFeatures = MaxFeatures.Sqrt };

        var larger = RandomForest.Continue(RandomForest.FitRegressor(table, target, options, Cancelled), table, target, 4, Cancelled);
        var once = RandomForest.FitRegressor(table, target, options with { NEstimators = 9 }, Cancelled);

        larger.Predict(table, cancellationToken: Cancelled).ShouldBe(once.Predict(table, cancellationToken: Cancelled));
        Should.Throw<ArgumentException>(() => HistGradientBoosting.Continue(once, table, target, 1, Cancelled)).ParamName.ShouldBe("model");
    }

    [Fact]
    public void Refitted_leaves_follow_rows_whose_level_has_changed()
    {
        var (table, target) = Sales();
        double[] doubled = [.. target.Select(value => 2 * value)];
        foreach (
            var model in new[]
            {
                HistGradientBoosting.FitRegressor(table, target, cancellationToken: Cancelled),
                RandomForest.FitRegressor(table, target, cancellationToken: Cancelled),
            }
        )
        {
            var refitted = model.RefitLeaves(table, doubled, cancellationToken: Cancelled);

            RegressionMetrics
                .Rmse(doubled, refitted.Predict(table, cancellationToken: Cancelled))
                .ShouldBeLessThan(0.6 * RegressionMetrics.Rmse(doubled, model.Predict(table, cancellationToken: Cancelled)));
            model
                .RefitLeaves(table, doubled, decay: 1, cancellationToken: Cancelled)
                .Predict(table, cancellationToken: Cancelled)
                .Zip(model.Predict(table, cancellationToken: Cancelled))
                .ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-9);
        }
    }

    [Fact]
    public void Missing_values_go_to_the_side_where_they_do_better()
    {
        var random = new RandomStream(3);
        double[] x = [.. Enumerable.Range(0, Rows).Select(_ => random.NextDouble() < 0.3 ? double.NaN : random.NextNormal())];
        double[] y = [.. x.Select(value => double.IsNaN(value) || value > 1 ? 10.0 : 0)];
        var table = new FeatureTable(["x"], [x]);

        var asked = new FeatureTable(
            ["x"],
            [
                [double.NaN, 0, 2],
            ]
        );

        foreach (
            var model in new[]
            {
                HistGradientBoosting.FitRegressor(table, y, cancellationToken: Cancelled),
                RandomForest.FitRegressor(table, y, cancellationToken: Cancelled),
            }
        )
        {
            model
                .Predict(asked, cancellationToken: Cancelled)
                .Zip([10.0, 0, 10])
                .ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 0.5);
        }
    }

    [Fact]
    public void Categories_are_divided_by_what_they_do_and_not_by_their_number()
    {
        var random = new RandomStream(4);
        double[] effects = [.. Enumerable.Range(0, 40).Select(_ => 3 * random.NextNormal())];
        double[] codes = [.. Enumerable.Range(0, Rows).Select(_ => (double)random.NextInt(40))];
        double[] y = [.. codes.Select(code => effects[(int)code] + (0.1 * random.NextNormal()))];
        var options = new HistGradientBoostingOptions
        {
            MaxIter = 20,
            MaxLeafNodes = 4,
            LearningRate = 0.3,
        };

        var native = HistGradientBoosting.FitRegressor(new FeatureTable(["c"], [codes], [true]), y, options, Cancelled);
        var numeric = HistGradientBoosting.FitRegressor(new FeatureTable(["c"], [codes]), y, options, Cancelled);
        var forest = RandomForest.FitRegressor(
            new FeatureTable(["c"], [codes], [true]),
            y,
            new RandomForestOptions { MaxDepth = 3 },
            Cancelled
        );

        var rows = new FeatureTable(["c"], [codes], [true]);
        RegressionMetrics
            .Rmse(y, native.Predict(rows, cancellationToken: Cancelled))
            .ShouldBeLessThan(
                0.35 * RegressionMetrics.Rmse(y, numeric.Predict(new FeatureTable(["c"], [codes]), cancellationToken: Cancelled))
            );
        RegressionMetrics.Rmse(y, forest.Predict(rows, cancellationToken: Cancelled)).ShouldBeLessThan(1);
        native
            .Predict(
                new FeatureTable(
                    ["c"],
                    [
                        [12345, double.NaN],
                    ],
                    [true]
                ),
                cancellationToken: Cancelled
            )
            .Distinct()
            .Count()
            .ShouldBe(1, "a category that was not there is as if it were missing");
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void A_quantile_is_above_its_share_of_values(double quantile)
    {
        var (table, target) = Sales();
        var (more, later) = Sales(seed: 9);

        var model = HistGradientBoosting.FitRegressor(
            table,
            target,
            new HistGradientBoostingOptions
            {
                Loss = BoostingLossKind.Quantile,
                Quantile = quantile,
                MaxIter = 60,
            },
            Cancelled
        );

        var predictions = model.Predict(more, cancellationToken: Cancelled);
        (later.Where((value, row) => value <= predictions[row]).Count() / (double)Rows).ShouldBe(quantile, 0.06);
    }

    [Fact]
    public void Poisson_predictions_are_above_zero_and_right_on_average()
    {
        var (table, target) = Sales();

        var predictions = HistGradientBoosting
            .FitRegressor(table, target, new HistGradientBoostingOptions { Loss = BoostingLossKind.Poisson }, Cancelled)
            .Predict(table, cancellationToken: Cancelled);

        predictions.ShouldAllBe(value => value > 0);
        predictions.Average().ShouldBe(target.Average(), 0.02 * target.Average());
        Should
            .Throw<ArgumentException>(() =>
                HistGradientBoosting.FitRegressor(
                    table,
                    [.. target.Select(value => value - 100)],
                    new HistGradientBoostingOptions { Loss = BoostingLossKind.Poisson },
                    Cancelled
                )
            )
            .ParamName.ShouldBe("target");
    }

    [Fact]
    public void Boosting_starts_from_the_score_that_was_asked_for()
    {
        var (table, _) = Sales();
        double[] threes = [.. Enumerable.Repeat(3.0, Rows)];
        double[] classes = [.. Enumerable.Range(0, Rows).Select(row => row % 2.0)];
        var options = new HistGradientBoostingOptions
        {
            BaseScore = 0.25,
            LearningRate = 0.5,
            MaxIter = 2,
        };
        var untrained = options with { LearningRate = 1e-9 };

        HistGradientBoosting
            .FitRegressor(table, threes, options, Cancelled)
            .Predict(table, cancellationToken: Cancelled)
            .ShouldAllBe(value => Math.Abs(value - (3 - (2.75 / 4))) < 1e-6);
        HistGradientBoosting
            .FitRegressor(table, threes, untrained with { Loss = BoostingLossKind.Poisson }, Cancelled)
            .Predict(table, cancellationToken: Cancelled)
            .ShouldAllBe(value => Math.Abs(value - 0.25) < 1e-6);
        HistGradientBoosting
            .FitClassifier(table, classes, untrained, Cancelled)
            .Predict(table, cancellationToken: Cancelled)
            .ShouldAllBe(value => Math.Abs(value - 0.25) < 1e-6);
    }

    [Theory]
    [InlineData(BoostingLossKind.LogLoss, 1.0, "The setting base_score is 1; expected is between 0 and 1, or null.")]
    [InlineData(BoostingLossKind.Poisson, 0.0, "The setting base_score is 0; expected is above 0, or null.")]
    [InlineData(BoostingLossKind.SquaredError, double.NaN, "The setting base_score is NaN; expected is finite, or null.")]
    public void A_score_that_the_loss_does_not_predict_is_refused(BoostingLossKind loss, double score, string sentence)
    {
        var (table, target) = Sales();
        var options = new HistGradientBoostingOptions { Loss = loss, BaseScore = score };

        Should
            .Throw<ArgumentException>(() =>
                loss == BoostingLossKind.LogLoss
                    ? HistGradientBoosting.FitClassifier(table, [.. target.Select((_, row) => row % 2.0)], options, Cancelled)
                    : HistGradientBoosting.FitRegressor(table, target, options, Cancelled)
            )
            .Message.ShouldStartWith(sentence);
    }

    [Fact]
    public void Early_stopping_ends_before_the_trees_learn_noise()
    {
        var (table, target) = Sales();
        var (more, later) = Sales(seed: 9);
        var options = new HistGradientBoostingOptions { MaxIter = 400 };

        var all = HistGradientBoosting.FitRegressor(table, target, options, Cancelled);
        var stopped = HistGradientBoosting.FitRegressor(table, target, options with { EarlyStopping = true }, Cancelled);

        stopped.Count.ShouldBeLessThan(200);
        RegressionMetrics
            .Rmse(later, stopped.Predict(more, cancellationToken: Cancelled))
            .ShouldBeLessThan(RegressionMetrics.Rmse(later, all.Predict(more, cancellationToken: Cancelled)));
    }

    [Fact]
    public void A_leaf_has_as_many_rows_as_was_asked_for()
    {
        var (table, target) = Sales();
        double[] labels = [.. target.Select(value => value > 6 ? 1.0 : 0)];

        var model = HistGradientBoosting.FitClassifier(
            table,
            labels,
            new HistGradientBoostingOptions { MinSamplesLeaf = 150, MaxIter = 30 },
            Cancelled
        );

        foreach (var tree in model.Trees)
        {
            Enumerable
                .Range(0, Rows)
                .CountBy(row => tree.Leaf([table.Column(0)[row], table.Column(1)[row], table.Column(2)[row]]))
                .ShouldAllBe(leaf => leaf.Value >= 150);
        }
    }

    [Fact]
    public void Importance_is_that_of_the_columns_that_matter()
    {
        var (table, target) = Sales();
        var model = HistGradientBoosting.FitRegressor(table, target, cancellationToken: Cancelled);

        var permuted = PermutationImportance.Of(model, table, target, RegressionMetrics.Rmse, cancellationToken: Cancelled);

        model.FeatureImportances.Sum().ShouldBe(1, 1e-12);
        model.FeatureImportances[0].ShouldBeGreaterThan(10 * model.FeatureImportances[2]);
        permuted[0].ShouldBeGreaterThan(3 * permuted[2]);
    }

    [Fact]
    public void Damaged_trees_are_not_loaded()
    {
        var (table, target) = Sales();
        var saved = HistGradientBoosting.FitRegressor(table, target, cancellationToken: Cancelled).ToJson();
        var at = saved.IndexOf("\"trees\":\"", StringComparison.Ordinal) + 2000;

        var damaged = string.Concat(saved.AsSpan(0, at), saved[at] == 'A' ? "B" : "A", saved.AsSpan(at + 1));

        Should.Throw<FormatException>(() => RegressionModel.FromJson(damaged)).Message.ShouldContain("damaged");
        Should
            .Throw<FormatException>(() =>
                RegressionModel.FromJson(saved.Replace("\"version\":1", "\"version\":7", StringComparison.Ordinal))
            )
            .Message.ShouldContain("version 7");
    }

    /// <summary>Counts that depend on a price, a weekday and not on noise.</summary>
    private static (FeatureTable Table, double[] Target) Sales(long seed = 5)
    {
        var random = new RandomStream(seed);
        double[] price = [.. Enumerable.Range(0, Rows).Select(_ => 1 + (4 * random.NextDouble()))];
        double[] weekday = [.. Enumerable.Range(0, Rows).Select(_ => (double)random.NextInt(7))];
        double[] noise = [.. Enumerable.Range(0, Rows).Select(_ => random.NextNormal())];
        double[] target = [.. price.Select((value, row) => (double)random.NextPoisson((20 / value) + (weekday[row] > 4 ? 3 : 0)))];
        return (new FeatureTable(["price", "weekday", "noise"], [price, weekday, noise]), target);
    }
}
