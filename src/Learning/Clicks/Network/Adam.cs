using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tradepost.Learning.Clicks.Network;

/// <summary>
/// One step of Adam (D. Kingma, J. Ba, ICLR 2015): m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ − α/(1 − β₁ᵗ) · m / (√(v/(1 − β₂ᵗ)) +
/// ε).
/// </summary>
internal readonly struct Adam
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const float Epsilon = 1e-8f;

    private readonly float stepSize;
    private readonly float correction;

    /// <summary>The step that comes next.</summary>
    /// <param name="step">t, from 1.</param>
    public Adam(double learningRate, long step)
    {
        stepSize = (float)(learningRate / (1 - Math.Pow(Beta1, step)));
        correction = (float)(1 / Math.Sqrt(1 - Math.Pow(Beta2, step)));
    }

    /// <summary>Moves parameters against their derivatives; all spans have one length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Step(Span<float> parameters, Span<float> means, Span<float> squares, ReadOnlySpan<float> gradients)
    {
        var length = parameters.Length;
        ref var p = ref MemoryMarshal.GetReference(parameters);
        ref var m = ref MemoryMarshal.GetReference(means[..length]);
        ref var v = ref MemoryMarshal.GetReference(squares[..length]);
        ref var g = ref MemoryMarshal.GetReference(gradients[..length]);
        var (decay1, share1) = (Vector512.Create((float)Beta1), Vector512.Create((float)(1 - Beta1)));
        var (decay2, share2) = (Vector512.Create((float)Beta2), Vector512.Create((float)(1 - Beta2)));
        var (size, scale, epsilon) = (Vector512.Create(stepSize), Vector512.Create(correction), Vector512.Create(Epsilon));
        nuint i = 0;
        for (; i + 16 <= (nuint)length; i += 16)
        {
            var gradient = Vector512.LoadUnsafe(ref g, i);
            var mean = (decay1 * Vector512.LoadUnsafe(ref m, i)) + (share1 * gradient);
            var square = (decay2 * Vector512.LoadUnsafe(ref v, i)) + (share2 * gradient * gradient);
            mean.StoreUnsafe(ref m, i);
            square.StoreUnsafe(ref v, i);
            (Vector512.LoadUnsafe(ref p, i) - (size * mean / ((Vector512.Sqrt(square) * scale) + epsilon))).StoreUnsafe(ref p, i);
        }

        for (; i < (nuint)length; i++)
        {
            Step(ref Unsafe.Add(ref p, i), ref Unsafe.Add(ref m, i), ref Unsafe.Add(ref v, i), Unsafe.Add(ref g, i));
        }
    }

    /// <summary>The step for one parameter.</summary>
    public void Step(ref float parameter, ref float mean, ref float square, float gradient)
    {
        mean = ((float)Beta1 * mean) + ((float)(1 - Beta1) * gradient);
        square = ((float)Beta2 * square) + ((float)(1 - Beta2) * gradient * gradient);
        parameter -= stepSize * mean / ((MathF.Sqrt(square) * correction) + Epsilon);
    }
}
