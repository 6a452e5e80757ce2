using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tradepost.Learning.Clicks.Network;

/// <summary>
/// Loops over rows of activations. Rows are padded to whole vectors, and lengths are multiples of 16 where nothing else is said; nothing is
/// allocated.
/// </summary>
internal static class RowKernels
{
    /// <summary>target += factor · values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(float factor, ReadOnlySpan<float> values, Span<float> target)
    {
        ref var value = ref MemoryMarshal.GetReference(values[..target.Length]);
        ref var result = ref MemoryMarshal.GetReference(target);
        var factors = Vector512.Create(factor);
        for (nuint i = 0; i < (nuint)target.Length; i += 16)
        {
            Vector512
                .FusedMultiplyAdd(factors, Vector512.LoadUnsafe(ref value, i), Vector512.LoadUnsafe(ref result, i))
                .StoreUnsafe(ref result, i);
        }
    }

    /// <summary>Σ aᵢbᵢ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ref var first = ref MemoryMarshal.GetReference(a);
        ref var second = ref MemoryMarshal.GetReference(b[..a.Length]);
        var sum = Vector512<float>.Zero;
        for (nuint i = 0; i < (nuint)a.Length; i += 16)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref first, i), Vector512.LoadUnsafe(ref second, i), sum);
        }

        return Vector512.Sum(sum);
    }

    /// <summary>target = factor · values, and sums += factor · outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SpreadOutput(
        float factor,
        ReadOnlySpan<float> values,
        Span<float> target,
        ReadOnlySpan<float> outputs,
        Span<float> sums
    )
    {
        ref var value = ref MemoryMarshal.GetReference(values[..target.Length]);
        ref var output = ref MemoryMarshal.GetReference(outputs[..target.Length]);
        ref var result = ref MemoryMarshal.GetReference(target);
        ref var sum = ref MemoryMarshal.GetReference(sums[..target.Length]);
        var factors = Vector512.Create(factor);
        for (nuint i = 0; i < (nuint)target.Length; i += 16)
        {
            (factors * Vector512.LoadUnsafe(ref value, i)).StoreUnsafe(ref result, i);
            Vector512
                .FusedMultiplyAdd(factors, Vector512.LoadUnsafe(ref output, i), Vector512.LoadUnsafe(ref sum, i))
                .StoreUnsafe(ref sum, i);
        }
    }

    /// <summary>The same for values as few as an embedding's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddScaledFew(float factor, ReadOnlySpan<float> values, Span<float> target)
    {
        var i = 0;
        for (; i <= target.Length - 16; i += 16)
        {
            (Vector512.Create(target.Slice(i, 16)) + (factor * Vector512.Create(values.Slice(i, 16)))).CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            target[i] += factor * values[i];
        }
    }

    /// <summary>max(0, value + bias) with some dropped and the others scaled, in place. Row and column decide what is dropped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Activate(Span<float> values, ReadOnlySpan<float> bias, int rows, int stride, int firstRow, Dropout dropout)
    {
        var (zero, scale, threshold) = (Vector512<float>.Zero, Vector512.Create(dropout.Scale), Vector512.Create(dropout.Threshold));
        var key = dropout.Key;
        ref var shifts = ref MemoryMarshal.GetReference(bias[..stride]);
        for (var row = 0; row < rows; row++)
        {
            ref var line = ref MemoryMarshal.GetReference(values.Slice(row * stride, stride));
            var counter =
                Vector512.Create(unchecked(((uint)(firstRow + row) * 0x85EBCA6Bu) ^ key)) + (Vector512<uint>.Indices * 0x9E3779B1u);
            for (nuint column = 0; column < (nuint)stride; column += 16)
            {
                var value = Vector512.Max(Vector512.LoadUnsafe(ref line, column) + Vector512.LoadUnsafe(ref shifts, column), zero);
                if (dropout.Rate > 0)
                {
                    var keep = Vector512.GreaterThanOrEqual(Mix(counter), threshold);
                    value = value * scale & keep.AsSingle();
                    counter += Vector512.Create(unchecked(16 * 0x9E3779B1u));
                }

                value.StoreUnsafe(ref line, column);
            }
        }
    }

    /// <summary>Derivatives by what an activation got, from those by what it gave: nothing where it gave nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Deactivate(Span<float> deltas, ReadOnlySpan<float> outputs, int rows, int stride, float factor)
    {
        ref var delta = ref MemoryMarshal.GetReference(deltas[..(rows * stride)]);
        ref var output = ref MemoryMarshal.GetReference(outputs[..(rows * stride)]);
        var scale = Vector512.Create(factor);
        for (nuint i = 0; i < (nuint)(rows * stride); i += 16)
        {
            var gave = Vector512.GreaterThan(Vector512.LoadUnsafe(ref output, i), Vector512<float>.Zero);
            (Vector512.LoadUnsafe(ref delta, i) * scale & gave).StoreUnsafe(ref delta, i);
        }
    }

    /// <summary>sums += Σ over the rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddRows(ReadOnlySpan<float> values, int rows, int stride, Span<float> sums)
    {
        ref var first = ref MemoryMarshal.GetReference(values[..(rows * stride)]);
        ref var target = ref MemoryMarshal.GetReference(sums[..stride]);
        for (nuint column = 0; column < (nuint)stride; column += 16)
        {
            var sum = Vector512.LoadUnsafe(ref target, column);
            for (nuint at = column; at < (nuint)(rows * stride); at += (nuint)stride)
            {
                sum += Vector512.LoadUnsafe(ref first, at);
            }

            sum.StoreUnsafe(ref target, column);
        }
    }

    /// <summary>target += factor · (sums − inputs), the sums for each embedding again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddPairs(float factor, ReadOnlySpan<float> sums, ReadOnlySpan<float> inputs, Span<float> target, int dimension)
    {
        ref var sum = ref MemoryMarshal.GetReference(sums[..dimension]);
        ref var input = ref MemoryMarshal.GetReference(inputs[..target.Length]);
        ref var result = ref MemoryMarshal.GetReference(target);
        var factors = Vector512.Create(factor);
        for (nint at = 0; at < target.Length; at += dimension)
        {
            nint i = 0;
            for (; i <= dimension - 16; i += 16)
            {
                var difference = Vector512.LoadUnsafe(ref sum, (nuint)i) - Vector512.LoadUnsafe(ref input, (nuint)(at + i));
                Vector512
                    .FusedMultiplyAdd(factors, difference, Vector512.LoadUnsafe(ref result, (nuint)(at + i)))
                    .StoreUnsafe(ref result, (nuint)(at + i));
            }

            for (; i < dimension; i++)
            {
                Unsafe.Add(ref result, at + i) += factor * (Unsafe.Add(ref sum, i) - Unsafe.Add(ref input, at + i));
            }
        }
    }

    /// <summary>target = x·W for one row, where W has rows of <paramref name="stride"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(ReadOnlySpan<float> x, ReadOnlySpan<float> weights, int stride, Span<float> target)
    {
        if (x.IsEmpty)
        {
            target[..stride].Clear();
            return;
        }

        ref var first = ref MemoryMarshal.GetReference(weights[..(x.Length * stride)]);
        ref var result = ref MemoryMarshal.GetReference(target[..stride]);
        nuint column = 0;
        for (; column + 64 <= (nuint)stride; column += 64)
        {
            var (a, b, c, d) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
            var at = column;
            foreach (var value in x)
            {
                var factor = Vector512.Create(value);
                a = Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref first, at), a);
                b = Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref first, at + 16), b);
                c = Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref first, at + 32), c);
                d = Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref first, at + 48), d);
                at += (nuint)stride;
            }

            a.StoreUnsafe(ref result, column);
            b.StoreUnsafe(ref result, column + 16);
            c.StoreUnsafe(ref result, column + 32);
            d.StoreUnsafe(ref result, column + 48);
        }

        for (; column < (nuint)stride; column += 16)
        {
            var (sum, at) = (Vector512<float>.Zero, column);
            foreach (var value in x)
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(value), Vector512.LoadUnsafe(ref first, at), sum);
                at += (nuint)stride;
            }

            sum.StoreUnsafe(ref result, column);
        }
    }

    /// <summary>Spreads a counter over 32 bits (the finaliser of MurmurHash3, A. Appleby).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Mix(Vector512<uint> x)
    {
        x = (x ^ (x >>> 16)) * 0x85EBCA6Bu;
        x = (x ^ (x >>> 13)) * 0xC2B2AE35u;
        return x ^ (x >>> 16);
    }
}
