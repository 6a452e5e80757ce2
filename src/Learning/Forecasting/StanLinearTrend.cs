using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Forecasting;

/// <summary>(k + Aδ) ∘ t + (m + A(−s ∘ δ)) with the times s of the changepoints.</summary>
internal sealed class StanLinearTrend(double[] t, double[] changepoints) : StanTrend
{
    private readonly ChangepointMatrix matrix = new(t, changepoints);
    private readonly double[] rates = new double[t.Length];
    private readonly double[] weighted = new double[t.Length];
    private readonly double[] shifts = new double[changepoints.Length];

    public override void Evaluate(ReadOnlySpan<double> x, Span<double> trend)
    {
        var delta = x.Slice(2, shifts.Length);
        for (var j = 0; j < shifts.Length; j++)
        {
            shifts[j] = -changepoints[j] * delta[j];
        }

        matrix.Product(delta, rates);
        matrix.Product(shifts, trend);
        for (var i = 0; i < t.Length; i++)
        {
            trend[i] = ((x[0] + rates[i]) * t[i]) + (x[1] + trend[i]);
        }
    }

    public override void AddGradient(ReadOnlySpan<double> x, ReadOnlySpan<double> pull, Span<double> gradient)
    {
        Kernels.Multiply(pull, t, weighted);
        gradient[0] = AddBackwards(gradient[0], weighted);
        gradient[1] = AddBackwards(gradient[1], pull);
        var delta = gradient.Slice(2, shifts.Length);
        matrix.AddTransposedProduct(weighted, delta);
        matrix.TransposedProduct(pull, shifts);
        for (var j = 0; j < shifts.Length; j++)
        {
            delta[j] += -changepoints[j] * shifts[j];
        }
    }
}
