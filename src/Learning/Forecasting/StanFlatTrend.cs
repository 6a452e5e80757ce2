namespace Tradepost.Learning.Forecasting;

/// <summary>m; k and δ stay where they start.</summary>
internal sealed class StanFlatTrend : StanTrend
{
    public override void Evaluate(ReadOnlySpan<double> x, Span<double> trend) => trend.Fill(x[1]);

    public override void AddGradient(ReadOnlySpan<double> x, ReadOnlySpan<double> pull, Span<double> gradient) =>
        gradient[1] += AddBackwards(0, pull);
}
