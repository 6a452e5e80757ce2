namespace Tradepost.Learning.Clicks.Network;

/// <summary>Logits of a block of rows: y₁ + y₂ + y₃, where y₃ is a perceptron on the embeddings.</summary>
internal static class ForwardPass
{
    /// <summary>So few rows are multiplied one by one.</summary>
    private const int FewRows = 3;

    /// <summary>Computes the logits of the workspace.</summary>
    /// <param name="from">The first row's position in the block of rows.</param>
    /// <param name="rows">At most <see cref="Workspace.MaxRows"/>.</param>
    /// <param name="dropout">What is dropped while training; the default drops nothing.</param>
    /// <param name="norms">Where statistics of batch normalisation are added while training; null to use the running ones.</param>
    public static void Run(
        NetworkWeights weights,
        RowBlock block,
        int from,
        int rows,
        Workspace work,
        Dropout dropout = default,
        LayerGradients[]? norms = null
    )
    {
        Gather.Run(weights, block, from, rows, work);
        if (!weights.Shape.IsDeep)
        {
            return;
        }

        var inputs = work.Inputs;
        for (var i = 0; i < weights.Layers.Length; i++)
        {
            var layer = weights.Layers[i];
            var outputs = work.Outputs[i];
            Multiply(layer, inputs, outputs, rows);
            var dropped = dropout.Rate > 0 ? dropout.ForLayer(i) : default;
            if (layer.Norm is null)
            {
                RowKernels.Activate(outputs.Span, layer.Bias.Span, rows, layer.OutputStride, from, dropped);
            }
            else if (norms is null)
            {
                NormKernels.Apply(layer, outputs.Span, rows);
            }
            else
            {
                NormKernels.Normalise(layer, outputs.Span, rows, work.Normalised[i].Span, work.Deviations[i].Span, norms[i]);
                RowKernels.Activate(outputs.Span, layer.Norm.Shift.Span, rows, layer.OutputStride, from, dropped);
            }

            inputs = outputs;
        }

        var stride = weights.Layers[^1].OutputStride;
        for (var row = 0; row < rows; row++)
        {
            work.Logits[row] += RowKernels.Dot(inputs.Slice(row * stride, stride), weights.Output.Span) + weights.Biases.Span[1];
        }
    }

    private static void Multiply(DenseLayer layer, AlignedFloats inputs, AlignedFloats outputs, int rows)
    {
        if (rows > FewRows)
        {
            var whole = (rows + MatrixProduct.RowMultiple - 1) / MatrixProduct.RowMultiple * MatrixProduct.RowMultiple;
            MatrixProduct.Multiply(
                whole,
                layer.OutputStride,
                layer.Inputs,
                inputs.Span,
                layer.InputStride,
                1,
                layer.Weights.Span,
                layer.OutputStride,
                outputs.Span,
                layer.OutputStride,
                adds: false
            );
            return;
        }

        for (var row = 0; row < rows; row++)
        {
            RowKernels.Multiply(
                inputs.Slice(row * layer.InputStride, layer.Inputs),
                layer.Weights.Span,
                layer.OutputStride,
                outputs.Slice(row * layer.OutputStride, layer.OutputStride)
            );
        }
    }
}
