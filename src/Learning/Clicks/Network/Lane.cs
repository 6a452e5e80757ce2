namespace Tradepost.Learning.Clicks.Network;

/// <summary>
/// A fixed share of each batch with derivatives of its own. A batch always has the same lanes, whatever the number of threads, and their
/// derivatives are added in one order: that is why a result does not depend on the threads.
/// </summary>
internal sealed class Lane
{
    private readonly NetworkWeights weights;

    public Lane(NetworkWeights weights)
    {
        this.weights = weights;
        Layers = [.. weights.Layers.Select(layer => new LayerGradients(layer))];
        Output = new AlignedFloats(weights.Output.Length);
    }

    public LayerGradients[] Layers { get; }

    public AlignedFloats Output { get; }

    /// <summary>Sum of the rows' losses.</summary>
    public double Loss { get; private set; }

    /// <summary>Sum of the derivatives by the logits, which is that by either bias.</summary>
    public double Bias { get; private set; }

    /// <summary>
    /// Forward and backward for the rows from … to − 1 of a batch; a cancelled token ends it, and what it leaves is of no use.
    /// </summary>
    public void Run(Batch batch, int from, int to, Workspace work, Dropout dropout, CancellationToken cancellationToken)
    {
        Output.Span.Clear();
        (Loss, Bias) = (0, 0);
        foreach (var layer in Layers)
        {
            layer.Clear();
        }

        for (var first = from; first < to && !cancellationToken.IsCancellationRequested; first += Workspace.MaxRows)
        {
            var rows = Math.Min(Workspace.MaxRows, to - first);
            ForwardPass.Run(
                weights,
                batch.Rows with
                {
                    Order = batch.Order,
                },
                first,
                rows,
                work,
                dropout,
                weights.Shape.HasBatchNorm ? Layers : null
            );
            Losses(batch, first, rows, work);
            Backward(batch, first, rows, work, dropout.Rate > 0 ? dropout.Scale : 1, isFirst: first == from);
        }
    }

    /// <summary>The binary cross-entropy ln(1 + eᶻ) − yz and its derivative by the logit over the rows of the batch.</summary>
    private void Losses(Batch batch, int first, int rows, Workspace work)
    {
        var deltas = batch.LogitDeltas.Slice(first, rows);
        for (var row = 0; row < rows; row++)
        {
            var (z, y) = (work.Logits[row], batch.Rows.Labels[batch.Order[first + row]]);
            var e = MathF.Exp(-MathF.Abs(z));
            Loss += MathF.Max(z, 0) - (z * y) + MathF.Log(1 + e);
            var delta = ((z >= 0 ? 1 : e) / (1 + e)) - y;
            Bias += delta;
            deltas[row] = delta * batch.Share;
        }
    }

    private void Backward(Batch batch, int first, int rows, Workspace work, float factor, bool isFirst)
    {
        var shape = weights.Shape;
        if (shape.Dimension == 0)
        {
            return;
        }

        // Products write whole tiles: a lane begins at one, and the last may end behind the rows of the batch.
        var embeddings = batch.EmbeddingDeltas.Slice(first * batch.EmbeddingStride, WholeTiles(rows) * batch.EmbeddingStride);
        if (shape.IsDeep)
        {
            Deep(batch.LogitDeltas.Slice(first, rows), rows, work, factor, isFirst, embeddings);
        }
        else
        {
            embeddings.Clear();
        }

        Pairs(batch.LogitDeltas.Slice(first, rows), work, embeddings, batch.EmbeddingStride);
    }

    private void Deep(ReadOnlySpan<float> logits, int rows, Workspace work, float factor, bool isFirst, Span<float> embeddings)
    {
        var top = weights.Layers[^1];
        var delta = work.Deltas[0];
        for (var row = 0; row < rows; row++)
        {
            var start = row * top.OutputStride;
            RowKernels.SpreadOutput(
                logits[row],
                weights.Output.Span,
                delta.Slice(start, top.OutputStride),
                work.Outputs[^1].Slice(start, top.OutputStride),
                Output.Span
            );
        }

        for (var i = weights.Layers.Length - 1; i >= 0; i--)
        {
            var layer = weights.Layers[i];
            var sums = Layers[i];
            var inputs = i == 0 ? work.Inputs : work.Outputs[i - 1];
            RowKernels.Deactivate(delta.Span, work.Outputs[i].Span, rows, layer.OutputStride, factor);
            if (layer.Norm is null)
            {
                RowKernels.AddRows(delta.Span, rows, layer.OutputStride, sums.Bias.Span);
            }
            else
            {
                NormKernels.Back(layer, delta.Span, rows, work.Normalised[i].Span, work.Deviations[i].Span, sums);
            }

            MatrixProduct.Multiply(
                WholeTiles(layer.Inputs),
                layer.OutputStride,
                rows,
                inputs.Span,
                1,
                layer.InputStride,
                delta.Span,
                layer.OutputStride,
                sums.Weights.Span,
                layer.OutputStride,
                adds: !isFirst
            );
            var before = work.Deltas[(weights.Layers.Length - i) % 2];
            MatrixProduct.Multiply(
                WholeTiles(rows),
                layer.InputStride,
                layer.Outputs,
                delta.Span,
                layer.OutputStride,
                1,
                layer.Transposed.Span,
                layer.InputStride,
                i == 0 ? embeddings : before.Span,
                layer.InputStride,
                adds: false
            );
            delta = before;
        }
    }

    /// <summary>∂y₂/∂e_f = Σ_g e_g − e_f.</summary>
    private void Pairs(ReadOnlySpan<float> logits, Workspace work, Span<float> embeddings, int stride)
    {
        var (dimension, width) = (weights.Shape.Dimension, weights.Shape.Inputs);
        for (var row = 0; row < logits.Length; row++)
        {
            RowKernels.AddPairs(
                logits[row],
                work.Sums.Slice(row * dimension, dimension),
                work.Inputs.Slice(row * stride, width),
                embeddings.Slice(row * stride, width),
                dimension
            );
        }
    }

    private static int WholeTiles(int rows) =>
        (rows + MatrixProduct.RowMultiple - 1) / MatrixProduct.RowMultiple * MatrixProduct.RowMultiple;
}
