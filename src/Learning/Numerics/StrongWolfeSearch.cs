namespace Tradepost.Learning.Numerics;

/// <summary>
/// A step along a direction that satisfies the strong Wolfe conditions: J. Nocedal, S. Wright, Numerical Optimization, 2nd edition,
/// algorithms 3.5 and 3.6, with the constants of Stan (c₁ 10⁻⁴, c₂ 0.9, steps grow tenfold, a bisection every fifth time).
/// </summary>
internal sealed class StrongWolfeSearch(GradientFunction function, int size)
{
    private const double SufficientDecrease = 1e-4;
    private const double Curvature = 0.9;
    private const double SmallestStep = 1e-12;
    private const double SmallestRange = 1e-16;
    private const int MostGrowths = 20;
    private const int MostRetreats = 10;

    /// <summary>
    /// An interval is at most halved every fifth time, from 10²⁰ to 10⁻¹⁶: what takes longer has no number left between its ends.
    /// </summary>
    private const int MostZooms = 1000;

    private readonly double[] start = new double[size];
    private readonly double[] direction = new double[size];

    private double startValue;
    private double startSlope;

    /// <summary>The point that was found.</summary>
    public double[] X { get; } = new double[size];

    public double[] Gradient { get; } = new double[size];

    public double Value { get; private set; }

    /// <summary>The length of the step that was found.</summary>
    public double Step { get; private set; }

    public bool TryFind(
        ReadOnlySpan<double> from,
        double value,
        double slope,
        ReadOnlySpan<double> towards,
        double firstStep,
        CancellationToken cancellationToken
    )
    {
        from.CopyTo(start);
        towards.CopyTo(direction);
        (startValue, startSlope) = (value, slope);
        var low = (Step: SmallestStep, Value: value, Slope: slope);
        var step = firstStep;
        var retreats = 0;
        for (var growths = 0; growths < MostGrowths; )
        {
            if (!TryEvaluate(step, cancellationToken, out var here))
            {
                if (++retreats > MostRetreats)
                {
                    return false;
                }

                step = 0.5 * (low.Step + step);
                continue;
            }

            retreats = 0;
            if (here.Value > startValue + (firstStep * (SufficientDecrease * startSlope)) || (growths > 0 && here.Value >= low.Value))
            {
                return TryZoom(low, here, cancellationToken);
            }

            if (Math.Abs(here.Slope) <= -Curvature * startSlope)
            {
                return true;
            }

            if (here.Slope >= 0)
            {
                return TryZoom(here, low, cancellationToken);
            }

            low = here;
            step *= 10;
            growths++;
        }

        return false;
    }

    private bool TryZoom(
        (double Step, double Value, double Slope) low,
        (double Step, double Value, double Slope) high,
        CancellationToken cancellationToken
    )
    {
        for (var round = 1; round <= MostZooms && Math.Abs(low.Step - high.Step) >= SmallestRange; round++)
        {
            var step = round % 5 == 0 ? 0.5 * (low.Step + high.Step) : Interpolate(low, high);
            (double Step, double Value, double Slope) here;
            while (!TryEvaluate(step, cancellationToken, out here))
            {
                var nearest = Math.Min(low.Step, high.Step);
                step = 0.5 * (step + nearest);
                if (Math.Abs(nearest - step) < SmallestRange)
                {
                    return false;
                }
            }

            if (here.Value > startValue + (step * (SufficientDecrease * startSlope)) || here.Value >= low.Value)
            {
                high = here;
                continue;
            }

            if (Math.Abs(here.Slope) <= -Curvature * startSlope)
            {
                return true;
            }

            if (here.Slope * (high.Step - low.Step) >= 0)
            {
                high = low;
            }

            low = here;
        }

        return false;
    }

    /// <summary>The minimum of the cubic through both ends, or the middle where that lies outside or close to an end.</summary>
    private static double Interpolate((double Step, double Value, double Slope) low, (double Step, double Value, double Slope) high)
    {
        var range = Math.Abs(low.Step - high.Step);
        var d1 = low.Slope + high.Slope - (3 * (low.Value - high.Value) / (low.Step - high.Step));
        var d2 = Math.Sqrt((d1 * d1) - (low.Slope * high.Slope)) * (high.Step < low.Step ? -1 : 1);
        var step = high.Step - ((high.Step - low.Step) * (high.Slope + d2 - d1) / (high.Slope - low.Slope + (2 * d2)));
        var (first, last) = (Math.Min(low.Step, high.Step), Math.Max(low.Step, high.Step));
        return step >= first + (0.01 * range) && step <= last - (0.01 * range) ? step : 0.5 * (low.Step + high.Step);
    }

    private bool TryEvaluate(double step, CancellationToken cancellationToken, out (double Step, double Value, double Slope) here)
    {
        cancellationToken.ThrowIfCancellationRequested();
        start.CopyTo(X, 0);
        Kernels.AddScaled(step, direction, X);
        Value = function(X, Gradient);
        Step = step;
        here = (step, Value, Kernels.PairedDot(Gradient, direction));
        return double.IsFinite(here.Value) && double.IsFinite(here.Slope);
    }
}
