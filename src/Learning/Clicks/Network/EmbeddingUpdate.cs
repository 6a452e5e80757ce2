namespace Tradepost.Learning.Clicks.Network;

/// <summary>
/// Adam for the embeddings and first-order weights that a batch has used. The others and their moments stay as they are, so the decay of a
/// moment counts the steps in which its id occurred: the lazy variant that PyTorch calls SparseAdam. For ids that are in every batch it is
/// Adam itself. Fields have ids of their own, so several threads may update one field each.
/// </summary>
internal sealed class EmbeddingUpdate
{
    private const int None = -1;

    private readonly NetworkWeights weights;
    private readonly int[] fieldStarts;

    /// <summary>Of each id, the first place of the batch that holds it, and of each place the next with the same id.</summary>
    private readonly int[] heads;
    private readonly int[] next;
    private readonly int[] found;
    private readonly int batchSize;

    public EmbeddingUpdate(NetworkWeights weights, int batchSize)
    {
        var shape = weights.Shape;
        (this.weights, this.batchSize) = (weights, batchSize);
        heads = new int[shape.Ids];
        Array.Fill(heads, None);
        (next, found) = (new int[batchSize * shape.Slots], new int[batchSize * shape.Slots]);
        fieldStarts = [.. Enumerable.Range(0, shape.Fields).Select(field => Array.IndexOf(shape.SlotFields, field)), shape.Slots];
        FirstMoments = new AlignedFloats(2 * shape.Ids);
        VectorMoments = new AlignedFloats(2 * shape.Ids * shape.Dimension);
    }

    /// <summary>m and v of each first-order weight.</summary>
    public AlignedFloats FirstMoments { get; }

    /// <summary>Of each id m and then v of its embedding.</summary>
    public AlignedFloats VectorMoments { get; }

    /// <summary>Updates the ids of one field.</summary>
    /// <param name="l2">λ of λ/rows · Σ (w² + |e|²) over the places of the batch.</param>
    public void Run(Batch batch, int field, Adam adam, float l2)
    {
        var slots = weights.Shape.Slots;
        var begin = fieldStarts[field] * batchSize;
        var count = Collect(batch, field, begin);
        var dimension = weights.Shape.Dimension;
        Span<float> gradient = stackalloc float[dimension];
        foreach (var id in found.AsSpan(begin, count))
        {
            gradient.Clear();
            var (first, places) = (0f, 0);
            for (var place = heads[id]; place != None; place = next[place])
            {
                var (row, slot) = Math.DivRem(place - begin, fieldStarts[field + 1] - fieldStarts[field]);
                var factor = batch.Rows.Weights is { } factors ? factors[(batch.Order[row] * slots) + fieldStarts[field] + slot] : 1;
                first += factor * batch.LogitDeltas.Span[row];
                places++;
                if (dimension > 0)
                {
                    var delta = batch.EmbeddingDeltas.Slice((row * batch.EmbeddingStride) + (field * dimension), dimension);
                    RowKernels.AddScaledFew(factor, delta, gradient);
                }
            }

            Update(id, first, gradient, 2 * l2 * batch.Share * places, adam);
            heads[id] = None;
        }
    }

    /// <summary>Links the places of each id, the earliest first, and lists the ids.</summary>
    private int Collect(Batch batch, int field, int begin)
    {
        var (from, to, slots) = (fieldStarts[field], fieldStarts[field + 1], weights.Shape.Slots);
        var ids = batch.Rows.Ids;
        var count = 0;
        for (var row = batch.Count - 1; row >= 0; row--)
        {
            var start = batch.Order[row] * slots;
            for (var slot = to - 1; slot >= from; slot--)
            {
                var id = ids[start + slot];
                if (id < 0)
                {
                    continue;
                }

                var place = begin + (row * (to - from)) + slot - from;
                ref var head = ref heads[id];
                if (head == None)
                {
                    found[begin + count++] = id;
                }

                (next[place], head) = (head, place);
            }
        }

        return count;
    }

    private void Update(int id, float first, Span<float> gradient, float decay, Adam adam)
    {
        ref var weight = ref weights.First.Span[id];
        var moments = FirstMoments.Slice(2 * id, 2);
        adam.Step(ref weight, ref moments[0], ref moments[1], first + (decay * weight));
        var dimension = gradient.Length;
        if (dimension > 0)
        {
            var vector = weights.Vectors.Slice(id * dimension, dimension);
            if (decay > 0)
            {
                RowKernels.AddScaledFew(decay, vector, gradient);
            }

            var both = VectorMoments.Slice(2 * id * dimension, 2 * dimension);
            adam.Step(vector, both[..dimension], both[dimension..], gradient);
        }
    }
}
