using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Tests.Numerics;

public sealed class LinearAlgebraTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private readonly RandomStream random = new(7);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(17, 9)]
    [InlineData(1003, 14)]
    public void The_Gram_matrix_is_that_of_plain_loops(int rows, int columns)
    {
        var x = Normals(rows * columns);
        var gram = new double[columns * columns];

        Kernels.Gram(x, rows, columns, gram, Cancelled);

        for (var i = 0; i < columns; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                gram[(i * columns) + j]
                    .ShouldBe(Enumerable.Range(0, rows).Sum(row => x[(i * rows) + row] * x[(j * rows) + row]), 1e-10 * rows);
            }
        }
    }

    [Fact]
    public void A_positive_definite_system_is_solved()
    {
        var (matrix, solution) = (PositiveDefinite(12), Normals(12));
        var right = Product(matrix, solution);

        Cholesky.TryFactor(matrix, 12, 12, Cancelled).ShouldBeTrue();
        Cholesky.SolveLower(matrix, 12, 12, right);
        Cholesky.SolveUpper(matrix, 12, 12, right);

        right.Zip(solution).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-9);
    }

    [Fact]
    public void An_indefinite_matrix_is_found_out()
    {
        Cholesky.TryFactor([1, 2, 2, 1], 2, 2, Cancelled).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(5.0)]
    [InlineData(1e3)]
    public void The_lasso_satisfies_its_optimality_conditions(double weight)
    {
        const int Size = 20;
        var (matrix, right, x) = (PositiveDefinite(Size), Normals(Size), new double[Size]);

        new LassoQuadratic(Size).TrySolve(matrix, right, weight, x, Cancelled).ShouldBeTrue();

        var gradient = Product(matrix, x).Zip(right, (a, b) => a - b).ToArray();
        for (var i = 0; i < Size; i++)
        {
            if (x[i] == 0)
            {
                Math.Abs(gradient[i]).ShouldBeLessThanOrEqualTo(weight + 1e-9);
            }
            else
            {
                gradient[i].ShouldBe(-weight * Math.Sign(x[i]), 1e-9);
            }
        }
    }

    private double[] Normals(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextNormal())];

    private double[] PositiveDefinite(int size)
    {
        var (x, gram) = (Normals(3 * size * size), new double[size * size]);
        Kernels.Gram(x, 3 * size, size, gram, Cancelled);
        return gram;
    }

    private static double[] Product(double[] matrix, double[] x) =>
        [.. Enumerable.Range(0, x.Length).Select(i => Enumerable.Range(0, x.Length).Sum(j => matrix[(i * x.Length) + j] * x[j]))];
}
