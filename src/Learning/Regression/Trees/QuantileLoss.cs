using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Regression.Trees;

/// <summary>q(y − F) above, (1 − q)(F − y) below; for q = ½ half the absolute error.</summary>
internal sealed class QuantileLoss(double quantile) : BoostingLoss
{
    public override bool RenewsLeaves => true;

    public override double Baseline(ReadOnlySpan<double> y) => Quantiles.Of(y, quantile);

    public override void Derivatives(ReadOnlySpan<double> y, ReadOnlySpan<double> raw, Span<double> first, Span<double> second)
    {
        for (var row = 0; row < y.Length; row++)
        {
            first[row] = y[row] >= raw[row] ? -quantile : 1 - quantile;
        }
    }

    public override double Loss(double y, double raw) => y >= raw ? quantile * (y - raw) : (1 - quantile) * (raw - y);

    public override double LeafValue(Span<double> residuals) => Quantiles.Select(residuals, quantile);
}
