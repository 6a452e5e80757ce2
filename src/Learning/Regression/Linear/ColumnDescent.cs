using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Regression.Linear;

/// <summary>
/// No more columns than rows: the gradient is kept by the products of columns, so that a step costs one addition per column, whatever the
/// number of rows. Where columns are many, products are computed when a coordinate first moves.
/// </summary>
internal sealed class ColumnDescent : DescentState
{
    /// <summary>Up to so many columns all inner products are made at once.</summary>
    private const int MostColumnsAtOnce = 400;

    private readonly int size;
    private readonly double[]?[] gram;

    public ColumnDescent(LeastSquares problem)
        : base(problem)
    {
        (size, gram) = (problem.Columns, new double[problem.Columns][]);
        if (size > MostColumnsAtOnce)
        {
            return;
        }

        var all = new double[size * size];
        problem.Scaled.Gram(all);
        for (var j = 0; j < size; j++)
        {
            gram[j] = all[(j * size)..((j + 1) * size)];
        }
    }

    public override double Gradient(int column) => Gradients[column];

    public override void Move(int column, double change) => Kernels.AddScaled(-change, Products(column), Gradients);

    public override void Settle()
    {
        // It always is.
    }

    public override void Refresh(double[] u)
    {
        var residual = new double[Problem.Scaled.Stride];
        Problem.Scaled.Residual(Problem.Target, u, residual);
        Problem.Scaled.TransposedProduct(residual, Gradients);
    }

    public override bool IsWorthSolving(int count, bool isSame) => true;

    public override bool TrySolve(List<int> free, double[] squared, double[] right, CancellationToken cancellationToken)
    {
        var count = free.Count;
        var matrix = new double[count * count];
        for (var i = 0; i < count; i++)
        {
            var column = Products(free[i]);
            for (var j = 0; j <= i; j++)
            {
                matrix[(i * count) + j] = column[free[j]];
            }

            matrix[(i * count) + i] += squared[free[i]];
        }

        return TryFactored(matrix, right, cancellationToken);
    }

    private double[] Products(int column)
    {
        if (gram[column] is null)
        {
            Problem.Scaled.GramColumn(column, gram[column] = new double[size]);
        }

        return gram[column]!;
    }
}
