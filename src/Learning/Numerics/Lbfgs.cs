namespace Tradepost.Learning.Numerics;

/// <summary>
/// Limited-memory BFGS: J. Nocedal, S. Wright, Numerical Optimization, 2nd edition, algorithm 7.4, started, stepped and stopped as Stan
/// does it. For smooth functions; at a kink such as |x| = 0 it can stop short of the optimum.
/// </summary>
public static class Lbfgs
{
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>Minimises a function of any number of variables from <paramref name="start"/>, which stays as it is.</summary>
    /// <exception cref="ArgumentException">The function has no finite value or gradient at the start.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LbfgsResult Minimise(
        GradientFunction function,
        ReadOnlySpan<double> start,
        LbfgsOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(function);
        options ??= new LbfgsOptions();
        var size = start.Length;
        var x = start.ToArray();
        var gradient = new double[size];
        var value = function(x, gradient);
        if (!double.IsFinite(value) || !double.IsFinite(Kernels.PairedDot(gradient, gradient)))
        {
            throw new ArgumentException("The function has no finite value and gradient at the start.", nameof(start));
        }

        var search = new StrongWolfeSearch(function, size);
        var memory = new LbfgsMemory(options.History, size);
        var (direction, last) = (new double[size], new double[size]);
        memory.Direction(gradient, direction);
        var reset = true;
        var nextStep = options.InitialStep;
        if (Math.Sqrt(Kernels.PairedDot(gradient, gradient)) < options.GradientTolerance)
        {
            return new LbfgsResult(x, value, 0, true);
        }

        var iteration = 0;
        while (iteration < options.MaximumIterations)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var slope = Kernels.PairedDot(gradient, direction);
            if (!search.TryFind(x, value, slope, direction, nextStep, cancellationToken))
            {
                if (reset)
                {
                    return new LbfgsResult(x, value, iteration, false);
                }

                memory.Clear();
                memory.Direction(gradient, direction);
                (reset, nextStep) = (true, options.InitialStep);
                continue;
            }

            iteration++;
            var (moved, scale) = memory.Add(x, gradient, search.X, search.Gradient);
            var fall = value - search.Value;
            var size0 = Math.Max(Math.Max(Math.Abs(value), Math.Abs(search.Value)), 1);
            direction.CopyTo(last, 0);
            var length = search.Step;
            if (reset)
            {
                // In the scale that the first remembered step gives, which the next direction has.
                Divide(last, scale);
                length *= scale;
            }

            var (oldSlope, newSlope) = (Kernels.PairedDot(gradient, last), Kernels.PairedDot(search.Gradient, last));
            search.X.CopyTo(x, 0);
            search.Gradient.CopyTo(gradient, 0);
            value = search.Value;
            memory.Direction(gradient, direction);
            var promised = -Kernels.PairedDot(gradient, direction);
            if (
                Math.Abs(fall) < options.ValueTolerance
                || Math.Sqrt(Kernels.PairedDot(gradient, gradient)) < options.GradientTolerance
                || moved < options.StepTolerance
                || Math.Abs(fall) / size0 < options.RelativeValueTolerance * Epsilon
                || promised / Math.Max(Math.Abs(value), 1) < options.RelativeGradientTolerance * Epsilon
            )
            {
                return new LbfgsResult(x, value, iteration, true);
            }

            nextStep = Math.Min(1, 1.01 * LowestOfCubic(oldSlope, length, -fall, newSlope));
            reset = false;
        }

        return new LbfgsResult(x, value, options.MaximumIterations, false);
    }

    /// <summary>Where on (0, 1] the cubic is lowest that starts at 0 with one slope and reaches a value with another slope at x.</summary>
    private static double LowestOfCubic(double slope, double x, double value, double slopeAtX)
    {
        var c3 = ((-12 * value) + (6 * x * (slope + slopeAtX))) / (x * x * x);
        var c2 = (-((4 * slope) + (2 * slopeAtX)) / x) + (6 * value / (x * x));
        var root = Math.Sqrt((c2 * c2) - (2 * slope * c3));
        var (best, lowest) = (1e-12, double.PositiveInfinity);
        foreach (var at in (ReadOnlySpan<double>)[1e-12, 1, -(c2 + root) / c3, -(c2 - root) / c3])
        {
            var height = at * ((at * ((at * c3 / 3) + c2) / 2) + slope);
            if (at is >= 1e-12 and <= 1 && height < lowest)
            {
                (best, lowest) = (at, height);
            }
        }

        return best;
    }

    private static void Divide(double[] values, double divisor)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] /= divisor;
        }
    }
}
