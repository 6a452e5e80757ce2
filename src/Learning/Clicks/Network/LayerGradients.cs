namespace Tradepost.Learning.Clicks.Network;

/// <summary>Derivatives by the parameters of one layer, and the statistics that batch normalisation sums up.</summary>
internal sealed class LayerGradients(DenseLayer layer)
{
    public AlignedFloats Weights { get; } = new(layer.InputStride * layer.OutputStride);

    public AlignedFloats Bias { get; } = new(layer.OutputStride);

    public AlignedFloats? Scale { get; } = Column(layer);

    public AlignedFloats? Shift { get; } = Column(layer);

    public AlignedFloats? Mean { get; } = Column(layer);

    public AlignedFloats? Variance { get; } = Column(layer);

    /// <summary>How many blocks' statistics are in the sums.</summary>
    public int Blocks { get; set; }

    /// <summary>Empties all but the weights, which the first block overwrites.</summary>
    public void Clear()
    {
        Bias.Span.Clear();
        Scale?.Span.Clear();
        Shift?.Span.Clear();
        Mean?.Span.Clear();
        Variance?.Span.Clear();
        Blocks = 0;
    }

    private static AlignedFloats? Column(DenseLayer layer) => layer.Norm is null ? null : new AlignedFloats(layer.OutputStride);
}
