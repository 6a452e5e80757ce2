namespace Tradepost.Learning.Forecasting;

/// <summary>
/// c / (1 + e^−u) with u = (k + Aδ) ∘ (t − (m + Aγ)) and γⱼ = (sⱼ − mⱼ)(1 − rⱼ/rⱼ₊₁), where rⱼ is the rate before changepoint j and mⱼ = m
/// + γ₁ + … + γⱼ₋₁.
/// </summary>
internal sealed class StanLogisticTrend(double[] t, double[] caps, double[] changepoints) : StanTrend
{
    /// <summary>ln of the machine epsilon, under which e^u is its own logistic function.</summary>
    private const double SmallestLogit = -36.04365338911715;

    private readonly ChangepointMatrix matrix = new(t, changepoints);
    private readonly double[] rates = new double[t.Length];
    private readonly double[] distances = new double[t.Length];
    private readonly double[] shares = new double[t.Length];
    private readonly double[] segmentRates = new double[changepoints.Length + 1];
    private readonly double[] segmentRatePulls = new double[changepoints.Length + 1];
    private readonly double[] segmentOffsets = new double[changepoints.Length + 1];
    private readonly double[] shifts = new double[changepoints.Length];
    private readonly double[] ratePulls = new double[t.Length];
    private readonly double[] distancePulls = new double[t.Length];

    public override void Evaluate(ReadOnlySpan<double> x, Span<double> trend)
    {
        var delta = x.Slice(2, shifts.Length);
        var sum = 0.0;
        (segmentRates[0], segmentOffsets[0]) = (x[0], x[1]);
        for (var j = 0; j < shifts.Length; j++)
        {
            sum += delta[j];
            segmentRates[j + 1] = x[0] + sum;
            shifts[j] = (changepoints[j] - segmentOffsets[j]) * (1 - (segmentRates[j] / segmentRates[j + 1]));
            segmentOffsets[j + 1] = segmentOffsets[j] + shifts[j];
        }

        matrix.Product(delta, rates);
        matrix.Product(shifts, distances);
        for (var i = 0; i < t.Length; i++)
        {
            rates[i] = x[0] + rates[i];
            distances[i] = t[i] - (x[1] + distances[i]);
            shares[i] = Logistic(rates[i] * distances[i]);
            trend[i] = caps[i] * shares[i];
        }
    }

    public override void AddGradient(ReadOnlySpan<double> x, ReadOnlySpan<double> pull, Span<double> gradient)
    {
        for (var i = 0; i < t.Length; i++)
        {
            var logitPull = pull[i] * caps[i] * shares[i] * (1 - shares[i]);
            ratePulls[i] = distances[i] * logitPull;
            distancePulls[i] = -(rates[i] * logitPull);
        }

        gradient[0] = AddBackwards(gradient[0], ratePulls);
        gradient[1] = AddBackwards(gradient[1], distancePulls);
        matrix.AddTransposedProduct(ratePulls, gradient.Slice(2, shifts.Length));
        matrix.TransposedProduct(distancePulls, shifts);
        AddSegments(gradient);
    }

    /// <summary>Adds what the shifts γ pull, back through the recursion that they come from.</summary>
    private void AddSegments(Span<double> gradient)
    {
        segmentRatePulls.AsSpan().Clear();
        var offsetPull = 0.0;
        for (var j = shifts.Length - 1; j >= 0; j--)
        {
            // What m itself is pulled by is added up where the other pulls on it already are.
            ref var target = ref j > 0 ? ref offsetPull : ref gradient[1];
            var (rate, next) = (segmentRates[j], segmentRates[j + 1]);
            var shiftPull = shifts[j] + offsetPull;
            var quotientPull = -((changepoints[j] - segmentOffsets[j]) * shiftPull);
            target = (j > 0 ? offsetPull : gradient[1] + offsetPull) - ((1 - (rate / next)) * shiftPull);
            segmentRatePulls[j] += quotientPull / next;
            segmentRatePulls[j + 1] -= quotientPull * rate / (next * next);
        }

        gradient[0] = AddBackwards(gradient[0] + segmentRatePulls[0], segmentRatePulls.AsSpan(1));
        var sum = 0.0;
        for (var j = shifts.Length - 1; j > 0; j--)
        {
            sum += segmentRatePulls[j + 1];
            gradient[2 + j] += sum;
        }

        gradient[2] = gradient[2] + segmentRatePulls[1] + sum;
    }

    private static double Logistic(double u)
    {
        if (u >= 0)
        {
            return 1 / (1 + Math.Exp(-u));
        }

        var power = Math.Exp(u);
        return u < SmallestLogit ? power : power / (1 + power);
    }
}
