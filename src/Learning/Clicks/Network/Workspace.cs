namespace Tradepost.Learning.Clicks.Network;

/// <summary>What one thread needs to compute a block of rows.</summary>
internal sealed class Workspace
{
    /// <summary>So few that their activations stay in the cache of a core.</summary>
    public const int MaxRows = 128;

    public Workspace(NetworkShape shape, bool trains)
    {
        Inputs = new AlignedFloats(MaxRows * NetworkShape.Stride(shape.Inputs));
        Sums = new AlignedFloats(MaxRows * shape.Dimension);
        Outputs = [.. shape.Hidden.Select(width => new AlignedFloats(MaxRows * NetworkShape.Stride(width)))];
        Normalised =
            trains && shape.HasBatchNorm ? [.. shape.Hidden.Select(width => new AlignedFloats(MaxRows * NetworkShape.Stride(width)))] : [];
        Deviations = trains && shape.HasBatchNorm ? [.. shape.Hidden.Select(width => new AlignedFloats(NetworkShape.Stride(width)))] : [];
        var widest = NetworkShape.Stride(Math.Max(shape.Inputs, shape.Hidden.Append(0).Max()));
        Deltas = trains && shape.IsDeep ? [new AlignedFloats(MaxRows * widest), new AlignedFloats(MaxRows * widest)] : [];
    }

    /// <summary>The embeddings of each row.</summary>
    public AlignedFloats Inputs { get; }

    /// <summary>The sum of the embeddings of each row.</summary>
    public AlignedFloats Sums { get; }

    /// <summary>What each hidden layer gives, after activation and dropout.</summary>
    public AlignedFloats[] Outputs { get; }

    /// <summary>Before scale and shift of batch normalisation.</summary>
    public AlignedFloats[] Normalised { get; }

    /// <summary>One over the standard deviation of each column of a block.</summary>
    public AlignedFloats[] Deviations { get; }

    /// <summary>Derivatives by the outputs of a layer and of the one before.</summary>
    public AlignedFloats[] Deltas { get; }

    public float[] Logits { get; } = new float[MaxRows];
}
