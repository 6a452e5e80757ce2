namespace Tradepost.Learning.Numerics;

/// <summary>
/// Minimises ½xᵀAx − bᵀx + w‖x‖₁ for a small positive definite A to its optimality conditions, by feature-sign search:
/// H. Lee, A. Battle, R. Raina, A. Ng, "Efficient sparse coding algorithms", NIPS 2006, algorithm 1.
/// </summary>
internal sealed class LassoQuadratic
{
    private const double Slack = 1e-11;

    private readonly int size;
    private readonly double[] sub;
    private readonly double[] candidate;
    private readonly double[] gradient;
    private readonly double[] trial;
    private readonly double[] signs;
    private readonly List<int> active = [];

    public LassoQuadratic(int size)
    {
        this.size = size;
        sub = new double[size * size];
        (candidate, gradient, trial, signs) = (new double[size], new double[size], new double[size], new double[size]);
    }

    /// <summary>Improves <paramref name="x"/> until nothing violates the conditions.</summary>
    /// <returns>False when A is not positive definite on a set of variables that has to be free.</returns>
    public bool TrySolve(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double weight, Span<double> x, CancellationToken cancellationToken)
    {
        Restart(x);
        for (var round = 0; round < 50 * (size + 4); round++)
        {
            if (active.Count > 0 && !Settle(a, b, weight, x, cancellationToken))
            {
                return false;
            }

            Gradient(a, b, x);
            var worst = -1;
            var excess = weight * Slack;
            for (var j = 0; j < size; j++)
            {
                if (x[j] == 0 && Math.Abs(gradient[j]) - weight > excess)
                {
                    (worst, excess) = (j, Math.Abs(gradient[j]) - weight);
                }
            }

            if (worst < 0)
            {
                return true;
            }

            active.Add(worst);
            signs[worst] = -Math.Sign(gradient[worst]);
        }

        return true;
    }

    private void Restart(ReadOnlySpan<double> x)
    {
        active.Clear();
        for (var j = 0; j < size; j++)
        {
            signs[j] = Math.Sign(x[j]);
            if (x[j] != 0)
            {
                active.Add(j);
            }
        }
    }

    /// <summary>Moves within the active set until the signs that were assumed are those that come out.</summary>
    private bool Settle(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double weight, Span<double> x, CancellationToken cancellationToken)
    {
        for (var step = 0; step <= 2 * size && active.Count > 0; step++)
        {
            if (!Solve(a, b, weight, cancellationToken))
            {
                return false;
            }

            var agrees = true;
            foreach (var j in active)
            {
                agrees &= candidate[j] * signs[j] > 0;
            }

            if (agrees)
            {
                foreach (var j in active)
                {
                    x[j] = candidate[j];
                }

                return true;
            }

            MoveTowards(a, b, weight, x, cancellationToken);
        }

        return true;
    }

    private bool Solve(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double weight, CancellationToken cancellationToken)
    {
        var count = active.Count;
        for (var i = 0; i < count; i++)
        {
            trial[i] = b[active[i]] - (weight * signs[active[i]]);
            for (var j = 0; j <= i; j++)
            {
                sub[(i * count) + j] = a[(Math.Max(active[i], active[j]) * size) + Math.Min(active[i], active[j])];
            }
        }

        if (!Cholesky.TryFactor(sub, count, count, cancellationToken))
        {
            return false;
        }

        Cholesky.SolveLower(sub, count, count, trial);
        Cholesky.SolveUpper(sub, count, count, trial);
        for (var i = 0; i < count; i++)
        {
            candidate[active[i]] = trial[i];
        }

        return true;
    }

    /// <summary>Goes to the best of the points on the way where a variable becomes zero, and of the end.</summary>
    private void MoveTowards(
        ReadOnlySpan<double> a,
        ReadOnlySpan<double> b,
        double weight,
        Span<double> x,
        CancellationToken cancellationToken
    )
    {
        var best = 1.0;
        var zero = -1;
        var lowest = ValueAt(1, a, b, weight, x);
        foreach (var j in active)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var part = x[j] == candidate[j] ? 0 : x[j] / (x[j] - candidate[j]);
            if (x[j] != 0 && part is > 0 and < 1 && ValueAt(part, a, b, weight, x) is var value && value < lowest)
            {
                (best, zero, lowest) = (part, j, value);
            }
        }

        foreach (var j in active)
        {
            x[j] += best * (candidate[j] - x[j]);
        }

        if (zero >= 0)
        {
            x[zero] = 0;
        }

        foreach (var j in active)
        {
            signs[j] = Math.Sign(x[j]);
        }

        for (var i = active.Count - 1; i >= 0; i--)
        {
            if (x[active[i]] == 0)
            {
                active.RemoveAt(i);
            }
        }
    }

    private double ValueAt(double part, ReadOnlySpan<double> a, ReadOnlySpan<double> b, double weight, ReadOnlySpan<double> x)
    {
        var value = 0.0;
        foreach (var i in active)
        {
            trial[i] = x[i] + (part * (candidate[i] - x[i]));
        }

        foreach (var i in active)
        {
            var product = 0.0;
            foreach (var j in active)
            {
                product += a[(Math.Max(i, j) * size) + Math.Min(i, j)] * trial[j];
            }

            value += (trial[i] * ((0.5 * product) - b[i])) + (weight * Math.Abs(trial[i]));
        }

        return value;
    }

    private void Gradient(ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> x)
    {
        for (var i = 0; i < size; i++)
        {
            var product = 0.0;
            foreach (var j in active)
            {
                product += a[(Math.Max(i, j) * size) + Math.Min(i, j)] * x[j];
            }

            gradient[i] = product - b[i];
        }
    }
}
