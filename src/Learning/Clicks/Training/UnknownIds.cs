using Tradepost.Learning.Clicks.Encoding;
using Tradepost.Learning.Clicks.Network;

namespace Tradepost.Learning.Clicks.Training;

/// <summary>
/// Ids that no training row has. A value never seen gets what the rare ones of its field have learnt, and where there are none the mean of
/// the field's values, weighted by their rows.
/// </summary>
internal static class UnknownIds
{
    public static void Settle(NetworkWeights weights, ClickEncoder encoder)
    {
        foreach (var field in encoder.Fields)
        {
            for (var local = 0; local < field.IdCount; local++)
            {
                if (field.Counts[local] == 0)
                {
                    Fill(weights, field, local);
                }
            }
        }
    }

    private static void Fill(NetworkWeights weights, FieldEncoder field, int local)
    {
        var dimension = weights.Shape.Dimension;
        var id = field.FirstId + local;
        var vector = weights.Vectors.Slice(id * dimension, dimension);
        if (field.KeptTexts.Length > 0 && field.Counts[FieldEncoder.Rare] > 0)
        {
            var rare = field.FirstId + FieldEncoder.Rare;
            weights.First.Span[id] = weights.First.Span[rare];
            weights.Vectors.Slice(rare * dimension, dimension).CopyTo(vector);
            return;
        }

        var total = (double)field.Counts.Sum();
        vector.Clear();
        weights.First.Span[id] = 0;
        for (var other = 0; other < field.IdCount; other++)
        {
            var share = (float)(field.Counts[other] / total);
            if (share > 0)
            {
                weights.First.Span[id] += share * weights.First.Span[field.FirstId + other];
                RowKernels.AddScaledFew(share, weights.Vectors.Slice((field.FirstId + other) * dimension, dimension), vector);
            }
        }
    }
}
