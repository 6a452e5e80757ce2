namespace Tradepost.Learning.Clicks.Network;

/// <summary>
/// A layer's weights, inputs × outputs and transposed, each row padded with zeros to whole vectors, then bias and batch normalisation.
/// </summary>
internal sealed class DenseLayer(int inputs, int outputs, bool hasBatchNorm)
{
    public int Inputs { get; } = inputs;

    public int Outputs { get; } = outputs;

    public int InputStride { get; } = NetworkShape.Stride(inputs);

    public int OutputStride { get; } = NetworkShape.Stride(outputs);

    public AlignedFloats Weights { get; } = new(NetworkShape.Stride(inputs) * NetworkShape.Stride(outputs));

    public AlignedFloats Transposed { get; } = new(NetworkShape.Stride(inputs) * NetworkShape.Stride(outputs));

    public AlignedFloats Bias { get; } = new(NetworkShape.Stride(outputs));

    /// <summary>Scale and shift, then running mean and variance, each as long as the bias; null without batch normalisation.</summary>
    public BatchNorm? Norm { get; } = hasBatchNorm ? new BatchNorm(outputs) : null;

    /// <summary>Writes the rows from … to − 1 of the weights into the transposed ones.</summary>
    public void Transpose(int from, int to)
    {
        var weights = Weights.Span;
        var transposed = Transposed.Span;
        for (var block = 0; block < Outputs; block += 16)
        {
            var end = Math.Min(block + 16, Outputs);
            for (var input = from; input < to; input++)
            {
                var row = weights.Slice(input * OutputStride, Outputs);
                for (var output = block; output < end; output++)
                {
                    transposed[(output * InputStride) + input] = row[output];
                }
            }
        }
    }
}
