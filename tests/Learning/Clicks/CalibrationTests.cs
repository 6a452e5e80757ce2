using Tradepost.Learning.Clicks.Calibrating;
using Tradepost.Learning.Evaluation;
using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Tests.Clicks;

public sealed class CalibrationTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void Platt_finds_the_slope_and_shift_that_made_the_labels()
    {
        var (logits, labels) = Drawn(100_000, z => (0.5 * z) - 1);

        var calibration = Calibration.Platt(labels, logits, cancellationToken: Cancelled);

        calibration.Slope.ShouldBe(0.5, 0.02);
        calibration.Probability(0).ShouldBe(1 / (1 + Math.E), 0.01);
    }

    [Fact]
    public void Isotonic_rates_never_fall_and_calibrate_what_no_sigmoid_does()
    {
        var (logits, labels) = Drawn(100_000, z => z < 0 ? -3 : 1);

        var calibration = Calibration.Isotonic(labels, logits);

        double[] rates = [.. Enumerable.Range(-300, 600).Select(i => calibration.Probability(i / 100.0))];
        rates.Zip(rates.Skip(1)).ShouldAllBe(pair => pair.Second >= pair.First);
        ClassificationMetrics.CalibrationError(labels, [.. logits.Select(calibration.Probability)]).ShouldBeLessThan(0.005);
        ClassificationMetrics
            .CalibrationError(labels, [.. logits.Select(Calibration.Platt(labels, logits, cancellationToken: Cancelled).Probability)])
            .ShouldBeGreaterThan(0.02);
    }

    [Fact]
    public void Pools_are_scikit_learns()
    {
        var calibration = Calibration.Isotonic([0, 1, 0, 0, 1, 1], [1, 2, 3, 4, 5, 6]);

        calibration.Probability(3).ShouldBe(1.0 / 3, 1e-12);
        calibration.Probability(0).ShouldBe(0.5 / 6, 1e-12);
        calibration.Probability(9).ShouldBe(5.5 / 6, 1e-12);
    }

    [Fact]
    public void Labels_that_are_told_apart_completely_give_finite_probabilities()
    {
        var calibration = Calibration.Platt([0, 0, 1, 1], [-2, -1, 1, 2], cancellationToken: Cancelled);

        calibration.Probability(-2).ShouldBeInRange(0.05, 0.4);
        calibration.Probability(1000).ShouldBeLessThanOrEqualTo(1);
        Should.Throw<ArgumentException>(() => Calibration.Platt([], [], cancellationToken: Cancelled));
        Should.Throw<ArgumentException>(() => Calibration.Isotonic([1], [double.NaN]));
    }

    private static (double[] Logits, double[] Labels) Drawn(int count, Func<double, double> truth)
    {
        var random = new RandomStream(5);
        double[] logits = [.. Enumerable.Range(0, count).Select(_ => random.NextNormal())];
        return (logits, [.. logits.Select(z => random.NextDouble() < 1 / (1 + Math.Exp(-truth(z))) ? 1.0 : 0)]);
    }
}
