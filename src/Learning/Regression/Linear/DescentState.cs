using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Regression.Linear;

/// <summary>Where a coordinate descent is, kept in the way whose steps are cheap for the shape of the problem.</summary>
internal abstract class DescentState(LeastSquares problem)
{
    protected LeastSquares Problem { get; } = problem;

    /// <summary>Zᵀ(y − Zu), without the penalty, as it was when it was last settled, or as it is.</summary>
    public double[] Gradients { get; } = [.. problem.Pull];

    /// <summary>That of one coordinate as it is.</summary>
    public abstract double Gradient(int column);

    /// <summary>A coordinate has changed by so much.</summary>
    public abstract void Move(int column, double change);

    /// <summary>Brings all gradients up to date.</summary>
    public abstract void Settle();

    /// <summary>Computes everything anew: what was updated step by step has gathered rounding.</summary>
    public abstract void Refresh(double[] u);

    /// <summary>Whether a system of so many unknowns is worth its time for these coordinates.</summary>
    /// <param name="isSame">Whether it was asked for the same ones before.</param>
    public abstract bool IsWorthSolving(int count, bool isSame);

    /// <summary>Solves (ZᵀZ + D)u = b over some coordinates.</summary>
    /// <param name="squared">The diagonal D, of all coordinates.</param>
    /// <param name="right">b, and then u.</param>
    public abstract bool TrySolve(List<int> free, double[] squared, double[] right, CancellationToken cancellationToken);

    /// <summary>With an unknown per coordinate.</summary>
    protected static bool TryFactored(double[] matrix, double[] right, CancellationToken cancellationToken)
    {
        var count = right.Length;
        if (!Cholesky.TryFactor(matrix, count, count, cancellationToken))
        {
            return false;
        }

        Cholesky.SolveLower(matrix, count, count, right);
        Cholesky.SolveUpper(matrix, count, count, right);
        return true;
    }
}
