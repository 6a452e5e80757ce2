using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Clicks.Network;

/// <summary>Everything that a network has learnt.</summary>
internal sealed class NetworkWeights
{
    private const int NumbersBetweenLooks = 1 << 16;

    public NetworkWeights(NetworkShape shape)
    {
        Shape = shape;
        First = new AlignedFloats(shape.Ids);
        Vectors = new AlignedFloats(shape.Ids * shape.Dimension);
        Layers = [.. shape.Layers().Select(layer => new DenseLayer(layer.Inputs, layer.Outputs, shape.HasBatchNorm))];
        Output = new AlignedFloats(shape.IsDeep ? Layers[^1].OutputStride : 0);
    }

    public NetworkShape Shape { get; }

    /// <summary>The weight of each id in the linear part.</summary>
    public AlignedFloats First { get; }

    /// <summary>Ids × dimension.</summary>
    public AlignedFloats Vectors { get; }

    public DenseLayer[] Layers { get; }

    /// <summary>From the last hidden layer to the logit.</summary>
    public AlignedFloats Output { get; }

    /// <summary>The bias of the linear part and that of the output layer.</summary>
    public AlignedFloats Biases { get; } = new(2);

    /// <summary>Embeddings normal around 0, layers uniform in ±1/√inputs (the default of PyTorch), the rest zero.</summary>
    public void Initialise(RandomStream random, double embeddingDeviation, CancellationToken cancellationToken)
    {
        for (var from = 0; from < Vectors.Length; from += NumbersBetweenLooks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (ref var value in Vectors.Slice(from, Math.Min(NumbersBetweenLooks, Vectors.Length - from)))
            {
                value = (float)(random.NextNormal() * embeddingDeviation);
            }
        }

        foreach (var layer in Layers)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var limit = 1 / Math.Sqrt(layer.Inputs);
            for (var input = 0; input < layer.Inputs; input++)
            {
                Uniform(random, layer.Weights.Slice(input * layer.OutputStride, layer.Outputs), limit);
            }

            Uniform(random, layer.Bias.Slice(0, layer.Outputs), limit);
            layer.Transpose(0, layer.Inputs);
        }

        if (Shape.IsDeep)
        {
            var limit = 1 / Math.Sqrt(Shape.Hidden[^1]);
            Uniform(random, Output.Slice(0, Shape.Hidden[^1]), limit);
            Uniform(random, Biases.Slice(1, 1), limit);
        }
    }

    /// <summary>All numbers but the transposed weights, in an order that files rely on.</summary>
    public IEnumerable<AlignedFloats> Parts() =>
        [
            First,
            Vectors,
            Biases,
            Output,
            .. Layers.SelectMany(layer =>
                layer.Norm is { } norm
                    ? (AlignedFloats[])[layer.Weights, layer.Bias, norm.Scale, norm.Shift, norm.Mean, norm.Variance]
                    : [layer.Weights, layer.Bias]
            ),
        ];

    public void CopyTo(NetworkWeights other)
    {
        foreach (var (from, to) in Parts().Zip(other.Parts()))
        {
            from.CopyTo(to);
        }

        other.Restore();
    }

    /// <summary>Makes what follows from the parts.</summary>
    public void Restore()
    {
        foreach (var layer in Layers)
        {
            layer.Transpose(0, layer.Inputs);
        }
    }

    private static void Uniform(RandomStream random, Span<float> values, double limit)
    {
        foreach (ref var value in values)
        {
            value = (float)(((2 * random.NextDouble()) - 1) * limit);
        }
    }
}
