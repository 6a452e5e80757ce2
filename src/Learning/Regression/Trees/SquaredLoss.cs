using Tradepost.Learning.Regression.Linear;

namespace Tradepost.Learning.Regression.Trees;

/// <summary>(y − F)²/2.</summary>
internal sealed class SquaredLoss : BoostingLoss
{
    public override double Baseline(ReadOnlySpan<double> y) => ScaledColumns.Mean(y);

    public override void Derivatives(ReadOnlySpan<double> y, ReadOnlySpan<double> raw, Span<double> first, Span<double> second)
    {
        for (var row = 0; row < y.Length; row++)
        {
            first[row] = raw[row] - y[row];
        }
    }

    public override double Loss(double y, double raw) => 0.5 * (y - raw) * (y - raw);
}
