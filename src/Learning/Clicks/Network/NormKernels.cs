using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tradepost.Learning.Clicks.Network;

/// <summary>
/// The loops of batch normalisation. What is normalised is a layer's product without its bias, which the mean would take away.
/// </summary>
internal static class NormKernels
{
    /// <summary>With the running statistics, then max(0, …), in place.</summary>
    public static void Apply(DenseLayer layer, Span<float> values, int rows)
    {
        var norm = layer.Norm!;
        var stride = layer.OutputStride;
        for (nuint column = 0; column < (nuint)stride; column += 16)
        {
            var factor = At(norm.Scale.Span, column) / Vector512.Sqrt(At(norm.Variance.Span, column) + Vector512.Create(BatchNorm.Epsilon));
            var offset = At(norm.Shift.Span, column) - (At(norm.Mean.Span, column) * factor);
            for (var row = 0; row < rows; row++)
            {
                ref var line = ref MemoryMarshal.GetReference(values.Slice(row * stride, stride));
                Vector512
                    .Max((Vector512.LoadUnsafe(ref line, column) * factor) + offset, Vector512<float>.Zero)
                    .StoreUnsafe(ref line, column);
            }
        }
    }

    /// <summary>
    /// With the block's own statistics: <paramref name="normalised"/> gets (value − mean) / deviation, the values that times the scale; the
    /// shift is left to the activation. The statistics are added up for the running ones.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Normalise(
        DenseLayer layer,
        Span<float> values,
        int rows,
        Span<float> normalised,
        Span<float> deviations,
        LayerGradients sums
    )
    {
        var stride = layer.OutputStride;
        var share = Vector512.Create(1f / rows);
        ref var first = ref MemoryMarshal.GetReference(values[..(rows * stride)]);
        ref var target = ref MemoryMarshal.GetReference(normalised[..(rows * stride)]);
        var end = (nuint)(rows * stride);
        for (nuint column = 0; column < (nuint)stride; column += 16)
        {
            var mean = Vector512<float>.Zero;
            for (var at = column; at < end; at += (nuint)stride)
            {
                mean += Vector512.LoadUnsafe(ref first, at);
            }

            mean *= share;
            var variance = Vector512<float>.Zero;
            for (var at = column; at < end; at += (nuint)stride)
            {
                var difference = Vector512.LoadUnsafe(ref first, at) - mean;
                variance += difference * difference;
            }

            variance *= share;
            var deviation = Vector512<float>.One / Vector512.Sqrt(variance + Vector512.Create(BatchNorm.Epsilon));
            var scale = At(layer.Norm!.Scale.Span, column);
            for (var at = column; at < end; at += (nuint)stride)
            {
                var value = (Vector512.LoadUnsafe(ref first, at) - mean) * deviation;
                value.StoreUnsafe(ref target, at);
                (value * scale).StoreUnsafe(ref first, at);
            }

            deviation.CopyTo(deviations[(int)column..]);
            Add(sums.Mean!.Span, column, mean);
            Add(sums.Variance!.Span, column, variance);
        }

        sums.Blocks++;
    }

    /// <summary>
    /// Derivatives by the values before normalisation, in place of those after scale and shift; those by scale and shift are added up.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Back(
        DenseLayer layer,
        Span<float> deltas,
        int rows,
        ReadOnlySpan<float> normalised,
        ReadOnlySpan<float> deviations,
        LayerGradients sums
    )
    {
        var stride = layer.OutputStride;
        var share = Vector512.Create(1f / rows);
        ref var delta = ref MemoryMarshal.GetReference(deltas[..(rows * stride)]);
        ref var value = ref MemoryMarshal.GetReference(normalised[..(rows * stride)]);
        var end = (nuint)(rows * stride);
        for (nuint column = 0; column < (nuint)stride; column += 16)
        {
            var (shift, scale) = (Vector512<float>.Zero, Vector512<float>.Zero);
            for (var at = column; at < end; at += (nuint)stride)
            {
                var d = Vector512.LoadUnsafe(ref delta, at);
                shift += d;
                scale += d * Vector512.LoadUnsafe(ref value, at);
            }

            Add(sums.Shift!.Span, column, shift);
            Add(sums.Scale!.Span, column, scale);
            (shift, scale) = (shift * share, scale * share);
            var factor = At(layer.Norm!.Scale.Span, column) * At(deviations, column);
            for (var at = column; at < end; at += (nuint)stride)
            {
                var d = Vector512.LoadUnsafe(ref delta, at) - shift - (Vector512.LoadUnsafe(ref value, at) * scale);
                (d * factor).StoreUnsafe(ref delta, at);
            }
        }
    }

    private static Vector512<float> At(ReadOnlySpan<float> values, nuint column) => Vector512.Create(values.Slice((int)column, 16));

    private static void Add(Span<float> sums, nuint column, Vector512<float> values) =>
        (At(sums, column) + values).CopyTo(sums[(int)column..]);
}
