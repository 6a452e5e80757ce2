using Tradepost.Training.Registry;

namespace Tradepost.Training.Tests.Registry;

public sealed class MetricTests
{
    [Theory]
    [InlineData(MetricAim.Lower, 1, 2, Verdict.Better)]
    [InlineData(MetricAim.Lower, 2, 1, Verdict.Worse)]
    [InlineData(MetricAim.Higher, 2, 1, Verdict.Better)]
    [InlineData(MetricAim.Higher, 1, 1, Verdict.Same)]
    [InlineData(MetricAim.Nearest, 0.85, 0.7, Verdict.Better)]
    [InlineData(MetricAim.Nearest, 0.99, 0.75, Verdict.Worse)]
    [InlineData(MetricAim.Lower, double.NaN, 1, Verdict.Unknown)]
    [InlineData(MetricAim.Higher, 1, double.PositiveInfinity, Verdict.Unknown)]
    public void A_figure_is_better_by_what_it_aims_at(MetricAim aim, double value, double other, Verdict verdict) =>
        new Metric
        {
            Value = value,
            Aim = aim,
            Target = 0.8,
        }
            .Against(other)
            .ShouldBe(verdict);
}
