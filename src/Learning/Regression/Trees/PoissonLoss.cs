using Tradepost.Learning.Regression.Linear;

namespace Tradepost.Learning.Regression.Trees;

/// <summary>e^F − yF.</summary>
internal sealed class PoissonLoss : BoostingLoss
{
    /// <summary>Beyond it e^F would leave what sums can hold.</summary>
    private const double Greatest = 500;

    public override bool IsSecondConstant => false;

    public override double Baseline(ReadOnlySpan<double> y) => Raw(ScaledColumns.Mean(y));

    public override void Derivatives(ReadOnlySpan<double> y, ReadOnlySpan<double> raw, Span<double> first, Span<double> second)
    {
        for (var row = 0; row < y.Length; row++)
        {
            var mean = Predict(raw[row]);
            (first[row], second[row]) = (mean - y[row], mean);
        }
    }

    public override double Loss(double y, double raw) => Predict(raw) - (y * raw);

    public override double Predict(double raw) => Math.Exp(Math.Min(raw, Greatest));

    public override double Raw(double prediction) => Math.Log(prediction);

    public override void Check(ReadOnlySpan<double> target)
    {
        var sum = 0.0;
        foreach (var value in target)
        {
            sum +=
                value >= 0
                    ? value
                    : throw new ArgumentException($"The target is {value} in a row; the Poisson loss takes 0 and more.", nameof(target));
        }

        if (sum == 0)
        {
            throw new ArgumentException("The target is 0 in all rows; the Poisson loss has no finite optimum there.", nameof(target));
        }
    }
}
