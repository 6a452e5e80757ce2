using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Regression.Linear;

/// <summary>
/// Minimises ½‖y − Zu‖² + Σ aⱼ|uⱼ| + ½ Σ bⱼuⱼ² by coordinate descent. A step costs as much as the smaller dimension: see
/// <see cref="ColumnDescent"/> and <see cref="RowDescent"/>.
/// </summary>
internal sealed class CoordinateDescent
{
    private const int Verifications = 4;
    private const int SweepsPerCheck = 10;

    private const int CoordinatesBetweenLooks = 256;

    private readonly LeastSquares problem;
    private readonly int size;
    private readonly double[] absolute;
    private readonly double[] squared;
    private readonly double[] u;
    private readonly double[] norms;
    private readonly double targetNorm;
    private readonly List<int> candidates;
    private readonly CancellationToken cancellationToken;
    private readonly DescentState state;

    /// <summary>Zᵀ(y − Zu), without the penalty.</summary>
    private readonly double[] gradient;

    private List<int> lastFree = [];

    public CoordinateDescent(LeastSquares problem, double absolutePenalty, double squaredPenalty, CancellationToken cancellationToken)
    {
        (this.problem, this.cancellationToken) = (problem, cancellationToken);
        size = problem.Columns;
        (absolute, squared, u, norms) = (new double[size], new double[size], new double[size], new double[size]);
        state = size > problem.Rows ? new RowDescent(problem) : new ColumnDescent(problem);
        gradient = state.Gradients;
        targetNorm = Kernels.Dot(problem.Target, problem.Target);
        var scaled = problem.Scaled;
        for (var j = 0; j < size; j++)
        {
            absolute[j] = absolutePenalty / scaled.Scales[j];
            squared[j] = squaredPenalty / (scaled.Scales[j] * scaled.Scales[j]);
            norms[j] = scaled.IsConstant[j] ? 0 : scaled.Rows;
        }

        candidates = [.. Enumerable.Range(0, size).Where(j => norms[j] > 0)];
    }

    /// <summary>Descends until the duality gap is at most a share of ‖y‖².</summary>
    public (double[] Coefficients, int Sweeps, double Gap) Solve(double tolerance, int maximumSweeps)
    {
        var (sweeps, gap) = (0, Gap());
        for (var round = 0; round < Verifications && sweeps < maximumSweeps && gap > tolerance * targetNorm; round++)
        {
            while (sweeps < maximumSweeps && gap > tolerance * targetNorm)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Screen(gap);
                Sweep(candidates);
                sweeps++;
                var active = candidates.Where(j => u[j] != 0).ToList();
                for (var i = 1; i < SweepsPerCheck && sweeps < maximumSweeps; i++, sweeps++)
                {
                    if (Sweep(active) == 0)
                    {
                        break;
                    }
                }

                Polish(active);
                state.Settle();
                gap = Gap();
            }

            // What was updated step by step has gathered rounding: the gap is judged by the rows themselves.
            state.Refresh(u);
            gap = Gap();
        }

        return (u, sweeps, gap);
    }

    private double Sweep(List<int> coordinates)
    {
        var greatest = 0.0;
        var looked = 0;
        foreach (var j in coordinates)
        {
            if (++looked % CoordinatesBetweenLooks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var free = state.Gradient(j) + (norms[j] * u[j]);
            var shrunk = Math.Abs(free) - absolute[j];
            var next = shrunk > 0 ? Math.CopySign(shrunk, free) / (norms[j] + squared[j]) : 0;
            if (next != u[j])
            {
                greatest = Math.Max(greatest, Math.Abs(next - u[j]));
                Move(j, next);
            }
        }

        return greatest;
    }

    private void Move(int j, double next)
    {
        state.Move(j, next - u[j]);
        u[j] = next;
    }

    /// <summary>With the signs that were found the rest is linear: its solution is taken when it has these signs.</summary>
    private void Polish(List<int> active)
    {
        var free = active.Where(j => u[j] != 0).ToList();
        var isSame = free.SequenceEqual(lastFree);
        lastFree = free;
        if (!state.IsWorthSolving(free.Count, isSame))
        {
            return;
        }

        var right = free.Select(j => problem.Pull[j] - (absolute[j] * Math.Sign(u[j]))).ToArray();
        if (!state.TrySolve(free, squared, right, cancellationToken))
        {
            return;
        }

        for (var i = 0; i < right.Length; i++)
        {
            if (right[i] * u[free[i]] <= 0)
            {
                return;
            }
        }

        for (var i = 0; i < right.Length; i++)
        {
            Move(free[i], right[i]);
        }
    }

    /// <summary>Leaves out what is zero at the optimum for certain: the gap bounds how far the dual optimum is.</summary>
    private void Screen(double gap)
    {
        var scale = DualScale();
        candidates.RemoveAll(j =>
        {
            var isZero =
                (scale * Math.Abs(gradient[j] - (squared[j] * u[j]))) + Math.Sqrt(2 * Math.Max(0, gap) * (norms[j] + squared[j]))
                < absolute[j];
            if (isZero && u[j] != 0)
            {
                Move(j, 0);
            }

            return isZero;
        });
    }

    /// <summary>What the residual is multiplied with to be a point of the dual problem.</summary>
    private double DualScale()
    {
        var scale = 1.0;
        for (var j = 0; j < size; j++)
        {
            if (norms[j] > 0)
            {
                scale = Math.Min(scale, absolute[j] / Math.Abs(gradient[j] - (squared[j] * u[j])));
            }
        }

        return scale;
    }

    /// <summary>Primal less dual objective.</summary>
    private double Gap()
    {
        var scale = DualScale();
        var (explained, lasso, ridge) = (0.0, 0.0, 0.0);
        for (var j = 0; j < size; j++)
        {
            explained += u[j] * (problem.Pull[j] + gradient[j]);
            lasso += absolute[j] * Math.Abs(u[j]);
            ridge += squared[j] * u[j] * u[j];
        }

        var residual = targetNorm - explained;
        var inner = targetNorm - Kernels.Dot(u, problem.Pull);
        return (0.5 * (1 + (scale * scale)) * (residual + ridge)) + lasso - (scale * inner);
    }
}
