using Tradepost.Learning.Clicks;

namespace Tradepost.Learning.Tests.Clicks;

public sealed class IntervalTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void Intervals_hold_the_true_probability_as_often_as_they_say()
    {
        var rows = Some.Rows(4000, seed: 2).ToList();

        var covered = Enumerable
            .Range(1, 5)
            .Average(seed =>
            {
                var model = Some.Model(Some.Options with { Seed = seed, Members = 3 }, Some.Log(15_000, seed));
                return rows.Zip(Some.Predict(model, rows.Select(row => (string[])[row.Site, row.Ad])))
                    .Average(pair => pair.First.Truth >= pair.Second.Lower && pair.First.Truth <= pair.Second.Upper ? 1.0 : 0);
            });

        covered.ShouldBeInRange(0.85, 0.95);
    }

    [Fact]
    public void An_unseen_value_widens_the_interval()
    {
        var model = Some.Model(Some.Options with { Members = 3, MinCount = 2 });

        var known = Some.Predict(model, Some.Rows(500, seed: 4).Select(row => (string[])[row.Site, row.Ad])).Average(Width);
        var unseen = Some.Predict(model, Some.Rows(500, seed: 4).Select(row => (string[])["never seen", row.Ad])).Average(Width);

        unseen.ShouldBeGreaterThan(known);
    }

    [Fact]
    public void Bounds_enclose_the_probability_and_are_missing_without_intervals()
    {
        var with = Some.Predict(
            Some.Model(),
            [
                ["site1", "ad1"],
                ["site3", ""],
            ]
        );
        var without = Some.Predict(
            Some.Model(Some.Options with { Intervals = false }),
            [
                ["site1", "ad1"],
            ]
        );

        with.ShouldAllBe(p => p.Lower > 0 && p.Lower < p.Probability && p.Probability < p.Upper && p.Upper < 1);
        double.IsNaN(without[0].Lower).ShouldBeTrue();
    }

    [Fact]
    public void A_judged_model_says_how_good_it_is_and_where_not()
    {
        var model = Some.Model(log: Some.Log(20_000));
        var evaluator = new ClickEvaluator(model);
        var (rows, labels) = (model.NewRows(), new List<byte>());
        foreach (var row in Some.Rows(4000, seed: 5))
        {
            rows.Set(0, row.Site);
            rows.Set(1, row.Ad);
            rows.EndRow();
            labels.Add((byte)row.Label);
        }

        var predictions = new ClickPrediction[rows.Count];
        model.Predict(rows, predictions, cancellationToken: Cancelled);
        evaluator.Add(rows, predictions, labels.ToArray());
        var result = evaluator.Result(cancellationToken: Cancelled);

        result.Rows.ShouldBe(4000);
        result.Auc!.Value.ShouldBeGreaterThan(0.65);
        result.NormalisedEntropy!.Value.ShouldBeInRange(0.5, 1);
        result.CalibrationError.ShouldBeLessThan(0.05);
        result.PredictedOverActual!.Value.ShouldBeInRange(0.9, 1.1);
        result.Coverage!.Value.ShouldBeGreaterThanOrEqualTo(0.8);
        result.Values.Where(value => value.Field == "site").Sum(value => value.Rows).ShouldBe(4000);
        result.Values.Sum(value => value.Clicks).ShouldBe(2 * result.Clicks);
        Should.Throw<InvalidOperationException>(() => new ClickEvaluator(model).Result(cancellationToken: Cancelled));
    }

    private static double Width(ClickPrediction prediction) =>
        Math.Log(prediction.Upper / (1 - prediction.Upper)) - Math.Log(prediction.Lower / (1 - prediction.Lower));
}
