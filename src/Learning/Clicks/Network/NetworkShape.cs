namespace Tradepost.Learning.Clicks.Network;

/// <summary>How large everything in a network is.</summary>
/// <param name="Ids">Rows of the embedding table, all fields together.</param>
/// <param name="SlotFields">The field of each slot; a row has one id per slot, and a field has one slot or, with several values, more of
/// them next to each other.</param>
/// <param name="Dimension">Length of an embedding; 0 for logistic regression.</param>
/// <param name="Hidden">Widths of the hidden layers; none without the deep part.</param>
/// <param name="HasBatchNorm">Whether hidden layers are normalised.</param>
internal sealed record NetworkShape(int Ids, int[] SlotFields, int Dimension, int[] Hidden, bool HasBatchNorm)
{
    private const int Lanes = 16;

    public int Slots => SlotFields.Length;

    public int Fields => SlotFields.Length == 0 ? 0 : SlotFields[^1] + 1;

    /// <summary>Inputs of the deep part: the fields' embeddings one after another.</summary>
    public int Inputs => Fields * Dimension;

    public bool IsDeep => Hidden.Length > 0;

    /// <summary>Length of a row that holds so many values, rounded up to whole vectors.</summary>
    public static int Stride(int width) => (width + Lanes - 1) / Lanes * Lanes;

    public IReadOnlyList<(int Inputs, int Outputs)> Layers() => [.. Hidden.Select((width, i) => (i == 0 ? Inputs : Hidden[i - 1], width))];
}
