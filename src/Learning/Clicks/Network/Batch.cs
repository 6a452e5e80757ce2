namespace Tradepost.Learning.Clicks.Network;

/// <summary>The rows of one step and the derivatives that the lanes leave for the embeddings.</summary>
internal sealed class Batch(NetworkShape shape, int size)
{
    /// <summary>All rows of the training set.</summary>
    public RowBlock Rows { get; private set; }

    /// <summary>Which of them are in this batch.</summary>
    public int[] Order { get; } = new int[size];

    public int Count { get; private set; }

    /// <summary>One over the number of rows: the loss is a mean.</summary>
    public float Share => 1f / Count;

    /// <summary>Derivatives by the logits.</summary>
    public AlignedFloats LogitDeltas { get; } = new(size + MatrixProduct.RowMultiple);

    /// <summary>Derivatives by the embeddings that each row reads.</summary>
    public AlignedFloats EmbeddingDeltas { get; } = new((size + MatrixProduct.RowMultiple) * NetworkShape.Stride(shape.Inputs));

    public int EmbeddingStride { get; } = NetworkShape.Stride(shape.Inputs);

    public void Set(RowBlock rows, ReadOnlySpan<int> order)
    {
        (Rows, Count) = (rows, order.Length);
        order.CopyTo(Order);
    }
}
