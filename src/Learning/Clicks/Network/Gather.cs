using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tradepost.Learning.Clicks.Network;

/// <summary>
/// The parts of DeepFM's logit that embeddings alone give (H. Guo and others, "DeepFM: a factorization-machine based neural network for CTR
/// prediction", IJCAI 2017): y₁ = b + Σ w and y₂ = ½ Σ_d [(Σ_f e_fd)² − Σ_f e_fd²]. Embeddings are copied to where the deep part reads
/// them.
/// </summary>
internal static class Gather
{
    /// <summary>Fills inputs and sums of the workspace, and its logits with y₁ + y₂.</summary>
    public static void Run(NetworkWeights weights, RowBlock block, int from, int rows, Workspace work)
    {
        var shape = weights.Shape;
        var (dimension, slots, stride) = (shape.Dimension, shape.Slots, NetworkShape.Stride(shape.Inputs));
        ref var first = ref weights.First.First;
        for (var row = 0; row < rows; row++)
        {
            var start = block[from + row] * slots;
            var ids = block.Ids.AsSpan(start, slots);
            var logit = weights.Biases.First;
            if (block.Weights is null)
            {
                foreach (var id in ids)
                {
                    logit += Unsafe.Add(ref first, id);
                }
            }
            else
            {
                var factors = block.Weights.AsSpan(start, slots);
                for (var slot = 0; slot < slots; slot++)
                {
                    logit += ids[slot] >= 0 ? factors[slot] * Unsafe.Add(ref first, ids[slot]) : 0;
                }
            }

            if (dimension > 0)
            {
                var inputs = work.Inputs.Slice(row * stride, shape.Inputs);
                if (block.Weights is null)
                {
                    Copy(weights.Vectors, ids, inputs, dimension);
                }
                else
                {
                    Add(weights.Vectors, ids, block.Weights.AsSpan(start, slots), shape.SlotFields, inputs, dimension);
                }

                logit += Pairs(inputs, work.Sums.Slice(row * dimension, dimension), dimension);
            }

            work.Logits[row] = logit;
        }
    }

    private static void Copy(AlignedFloats vectors, ReadOnlySpan<int> ids, Span<float> inputs, int dimension)
    {
        var all = vectors.Span;
        for (var slot = 0; slot < ids.Length; slot++)
        {
            all.Slice(ids[slot] * dimension, dimension).CopyTo(inputs.Slice(slot * dimension, dimension));
        }
    }

    private static void Add(
        AlignedFloats vectors,
        ReadOnlySpan<int> ids,
        ReadOnlySpan<float> factors,
        int[] fields,
        Span<float> inputs,
        int dimension
    )
    {
        var all = vectors.Span;
        inputs.Clear();
        for (var slot = 0; slot < ids.Length; slot++)
        {
            if (ids[slot] >= 0)
            {
                RowKernels.AddScaledFew(
                    factors[slot],
                    all.Slice(ids[slot] * dimension, dimension),
                    inputs.Slice(fields[slot] * dimension, dimension)
                );
            }
        }
    }

    /// <summary>y₂, and the sum of the embeddings.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Pairs(ReadOnlySpan<float> inputs, Span<float> sums, int dimension)
    {
        var (column, total) = (0, 0f);
        for (; column <= dimension - Vector512<float>.Count; column += Vector512<float>.Count)
        {
            var (sum, squares) = (Vector512<float>.Zero, Vector512<float>.Zero);
            for (var at = column; at < inputs.Length; at += dimension)
            {
                var value = Vector512.Create(inputs.Slice(at, Vector512<float>.Count));
                sum += value;
                squares += value * value;
            }

            sum.CopyTo(sums[column..]);
            total += Vector512.Sum((sum * sum) - squares);
        }

        for (; column < dimension; column++)
        {
            var (sum, squares) = (0f, 0f);
            for (var at = column; at < inputs.Length; at += dimension)
            {
                sum += inputs[at];
                squares += inputs[at] * inputs[at];
            }

            sums[column] = sum;
            total += (sum * sum) - squares;
        }

        return 0.5f * total;
    }
}
