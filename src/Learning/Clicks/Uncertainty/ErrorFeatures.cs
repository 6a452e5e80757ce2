using Tradepost.Learning.Clicks.Encoding;

namespace Tradepost.Learning.Clicks.Uncertainty;

/// <summary>
/// What tells how uncertain a row's logit is: 1, the variance of the members' logits, and per field 1 / (1 + n/50) for the n training rows
/// with its value.
/// </summary>
internal sealed class ErrorFeatures
{
    private const double HalfKnown = 50;
    private const int FirstField = 2;

    private readonly double[] ignorance;
    private readonly int[] slotFields;

    public ErrorFeatures(ClickEncoder encoder)
    {
        slotFields = encoder.SlotFields;
        Width = FirstField + encoder.Fields.Count;
        ignorance = new double[encoder.Ids];
        foreach (var field in encoder.Fields)
        {
            for (var local = 0; local < field.IdCount; local++)
            {
                ignorance[field.FirstId + local] = 1 / (1 + (field.Counts[local] / HalfKnown));
            }
        }
    }

    public int Width { get; }

    public void Fill(double spread, ReadOnlySpan<int> ids, ReadOnlySpan<float> weights, Span<double> features)
    {
        features.Clear();
        (features[0], features[1]) = (1, spread);
        for (var slot = 0; slot < ids.Length; slot++)
        {
            if (ids[slot] >= 0)
            {
                // An embedding that is multiplied with a number far from the usual is no better known than one that is not.
                features[FirstField + slotFields[slot]] +=
                    (weights.IsEmpty ? 1 : Math.Min(1, Math.Abs(weights[slot]))) * ignorance[ids[slot]];
            }
        }
    }
}
