using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Budgets.Fitting;

/// <summary>Where the chain of a channel is, and steps from there whose shape is that of where it has been.</summary>
internal sealed class ChannelProposal
{
    private const int Size = CurvePrior.Size;
    private const int FirstShape = 100;
    private const int BetweenShapes = 50;
    private const double FirstWidth = 0.3;
    private const double Ridge = 1e-4;
    private const double WantedRate = 0.3;

    // 2.38²/d is right for a normal distribution (G. Roberts, A. Gelman, W. Gilks 1997); the rate of acceptance corrects it for others.
    private double scale = Math.Log(2.38 / Math.Sqrt(Size));
    private int seen;
    private readonly double[] mean = new double[Size];
    private readonly double[] moments = new double[Size * Size];
    private double[] factor = Diagonal(FirstWidth);

    /// <summary>Where it is.</summary>
    public double[] Point { get; } = [0, 0, CurvePrior.AlphaMean, 0];

    public void Propose(RandomStream random, Span<double> target)
    {
        Span<double> normal = stackalloc double[Size];
        foreach (ref var value in normal)
        {
            value = random.NextNormal() * Math.Exp(scale);
        }

        for (var i = 0; i < Size; i++)
        {
            target[i] = Point[i] + Kernels.Dot(factor.AsSpan(i * Size, i + 1), normal[..(i + 1)]);
        }
    }

    public void Accept(ReadOnlySpan<double> point, bool isLearning)
    {
        point.CopyTo(Point);
        Learn(1, isLearning);
    }

    public void Reject(bool isLearning) => Learn(0, isLearning);

    private void Learn(double accepted, bool isLearning)
    {
        if (!isLearning)
        {
            return;
        }

        seen++;
        scale += (accepted - WantedRate) / Math.Sqrt(seen);
        Span<double> before = stackalloc double[Size];
        for (var i = 0; i < Size; i++)
        {
            before[i] = Point[i] - mean[i];
            mean[i] += before[i] / seen;
        }

        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                moments[(i * Size) + j] += before[i] * (Point[j] - mean[j]);
            }
        }

        if (seen >= FirstShape && seen % BetweenShapes == 0)
        {
            Shape();
        }
    }

    private void Shape()
    {
        var shape = Array.ConvertAll(moments, moment => moment / seen);
        for (var i = 0; i < Size; i++)
        {
            shape[(i * Size) + i] += Ridge;
        }

        if (Cholesky.TryFactor(shape, Size, Size, CancellationToken.None))
        {
            factor = shape;
        }
    }

    private static double[] Diagonal(double width)
    {
        var matrix = new double[Size * Size];
        for (var i = 0; i < Size; i++)
        {
            matrix[(i * Size) + i] = width;
        }

        return matrix;
    }
}
