using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Regression.Linear;

/// <summary>
/// More columns than rows: the residual y − Zu is kept, so that a step costs as many additions as there are rows and nothing is made of
/// pairs of columns.
/// </summary>
internal sealed class RowDescent : DescentState
{
    /// <summary>So small a system is solved whenever it may help.</summary>
    private const int Small = 200;

    private readonly double[] residual;

    public RowDescent(LeastSquares problem)
        : base(problem) => residual = [.. problem.Target];

    public override double Gradient(int column) => Kernels.Dot(Problem.Scaled.Column(column), residual);

    public override void Move(int column, double change) => Kernels.AddScaled(-change, Problem.Scaled.Column(column), residual);

    public override void Settle() => Problem.Scaled.TransposedProduct(residual, Gradients);

    public override void Refresh(double[] u)
    {
        Problem.Scaled.Residual(Problem.Target, u, residual);
        Settle();
    }

    public override bool IsWorthSolving(int count, bool isSame) => isSame || Math.Min(count, Problem.Rows) <= Small;

    public override bool TrySolve(List<int> free, double[] squared, double[] right, CancellationToken cancellationToken)
    {
        if (free.Count > Problem.Rows)
        {
            return free.TrueForAll(j => squared[j] > 0) && TrySolveByRows(free, squared, right, cancellationToken);
        }

        var (count, stride) = (free.Count, Problem.Scaled.Stride);
        var columns = new double[count * stride];
        for (var i = 0; i < count; i++)
        {
            Problem.Scaled.Column(free[i]).CopyTo(columns.AsSpan(i * stride));
        }

        var matrix = new double[count * count];
        GramKernel.Add(columns, stride, count, stride, [], matrix, cancellationToken);
        for (var i = 0; i < count; i++)
        {
            matrix[(i * count) + i] += squared[free[i]];
        }

        return TryFactored(matrix, right, cancellationToken);
    }

    /// <summary>(ZᵀZ + D)⁻¹ = D⁻¹ − D⁻¹Zᵀ(I + ZD⁻¹Zᵀ)⁻¹ZD⁻¹ (M. Woodbury 1950): an unknown per row.</summary>
    private bool TrySolveByRows(List<int> free, double[] squared, double[] right, CancellationToken cancellationToken)
    {
        var (rows, shares) = (Problem.Rows, new double[Problem.Columns]);
        var sums = new double[Problem.Scaled.Stride];
        for (var i = 0; i < free.Count; i++)
        {
            shares[free[i]] = 1 / Math.Sqrt(squared[free[i]]);
            Kernels.AddScaled(right[i] / squared[free[i]], Problem.Scaled.Column(free[i]), sums);
        }

        var matrix = RowRidge.Products(Problem.Scaled, shares, cancellationToken);
        for (var row = 0; row < rows; row++)
        {
            matrix[(row * rows) + row] += 1;
        }

        var inner = sums[..rows];
        if (!TryFactored(matrix, inner, cancellationToken))
        {
            return false;
        }

        inner.CopyTo(sums, 0);
        for (var i = 0; i < free.Count; i++)
        {
            right[i] = (right[i] - Kernels.Dot(Problem.Scaled.Column(free[i]), sums)) / squared[free[i]];
        }

        return true;
    }
}
