namespace Tradepost.Learning.Numerics;

/// <summary>The last steps and changes of gradient, and the direction that follows from them by the two-loop recursion.</summary>
internal sealed class LbfgsMemory(int capacity, int size)
{
    private readonly List<(double[] Step, double[] Change, double InverseProduct)> pairs = [];
    private readonly double[] weights = new double[capacity];
    private double gamma = 1;

    public void Clear()
    {
        pairs.Clear();
        gamma = 1;
    }

    /// <summary>Remembers a step; gives its length and the scale ‖y‖²/sᵀy of the curvature along it.</summary>
    public (double Length, double Scale) Add(double[] x, double[] gradient, double[] newX, double[] newGradient)
    {
        var (step, change) = (new double[size], new double[size]);
        for (var i = 0; i < size; i++)
        {
            step[i] = newX[i] - x[i];
            change[i] = newGradient[i] - gradient[i];
        }

        var product = Kernels.PairedDot(step, change);
        var square = Kernels.PairedDot(change, change);
        if (pairs.Count == capacity)
        {
            pairs.RemoveAt(0);
        }

        pairs.Add((step, change, 1 / product));
        gamma = product / square;
        return (Math.Sqrt(Kernels.PairedDot(step, step)), square / product);
    }

    public void Direction(ReadOnlySpan<double> gradient, Span<double> direction)
    {
        for (var i = 0; i < size; i++)
        {
            direction[i] = -gradient[i];
        }

        for (var i = pairs.Count - 1; i >= 0; i--)
        {
            weights[i] = pairs[i].InverseProduct * Kernels.PairedDot(pairs[i].Step, direction);
            Kernels.AddScaled(-weights[i], pairs[i].Change, direction);
        }

        for (var i = 0; i < size; i++)
        {
            direction[i] *= gamma;
        }

        for (var i = 0; i < pairs.Count; i++)
        {
            var (step, change, inverse) = pairs[i];
            Kernels.AddScaled(weights[i] - (inverse * Kernels.PairedDot(change, direction)), step, direction);
        }
    }
}
