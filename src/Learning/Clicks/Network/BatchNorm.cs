namespace Tradepost.Learning.Clicks.Network;

/// <summary>
/// Batch normalisation (S. Ioffe, C. Szegedy, ICML 2015) with the statistics of blocks of a few hundred rows, which is its "ghost" form
/// (E. Hoffer, I. Hubara, D. Soudry, NeurIPS 2017): no thread waits for another's rows, and the result does not depend on their number.
/// </summary>
internal sealed class BatchNorm
{
    public const float Epsilon = 1e-5f;

    /// <summary>What a block's statistics weigh in the running ones.</summary>
    public const float Momentum = 0.02f;

    public BatchNorm(int width)
    {
        var stride = NetworkShape.Stride(width);
        (Scale, Shift, Mean, Variance) = (
            new AlignedFloats(stride),
            new AlignedFloats(stride),
            new AlignedFloats(stride),
            new AlignedFloats(stride)
        );
        Scale.Span.Fill(1);
        Variance.Span.Fill(1);
    }

    public AlignedFloats Scale { get; }

    public AlignedFloats Shift { get; }

    public AlignedFloats Mean { get; }

    public AlignedFloats Variance { get; }
}
