using Tradepost.Learning.Clicks.Calibrating;
using Tradepost.Learning.Clicks.Encoding;

namespace Tradepost.Learning.Clicks.Training;

/// <summary>
/// Clicks drawn from what the members have learnt, so that the truth behind them is known (the parametric bootstrap: B. Efron 1979). A
/// value that has no embedding of its own gets an effect drawn with the spread of those that have.
/// </summary>
internal static class Simulation
{
    private const int EffectPurpose = 5;
    private const int ClickPurpose = 6;
    private const int RowsBetweenLooks = 4096;

    /// <summary>True logits: the ensemble's, calibrated, and the drawn effects of rare and unseen values.</summary>
    public static double[] Truth(
        EncodedRows rows,
        ClickEncoder encoder,
        float[] logits,
        Calibration calibration,
        int[] training,
        long seed,
        CancellationToken cancellationToken
    )
    {
        var random = Keys.Stream(seed, EffectPurpose);
        var deviations = encoder
            .Fields.Select(field => Math.Sqrt(EffectVariance(rows, encoder, field, logits, training, cancellationToken)))
            .ToArray();
        var truth = new double[rows.Count];
        for (var row = 0; row < rows.Count; row++)
        {
            if (row % RowsBetweenLooks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            truth[row] = Calibration.Logit(calibration.Probability(logits[row]));
            for (var slot = 0; slot < rows.Slots; slot++)
            {
                var (id, field) = (rows.Ids[(row * rows.Slots) + slot], encoder.SlotFields[slot]);
                if (encoder.Fields[field].KeptTexts.Length > 0 && id >= 0 && id - encoder.Fields[field].FirstId < FieldEncoder.FirstKept)
                {
                    truth[row] += deviations[field] * random.NextNormal();
                }
            }
        }

        return truth;
    }

    public static byte[] Clicks(double[] truth, long seed)
    {
        var random = Keys.Stream(seed, ClickPurpose);
        return [.. truth.Select(z => random.NextDouble() < Calibration.Sigmoid(z) ? (byte)1 : (byte)0)];
    }

    /// <summary>How much the mean logits of a field's values vary beyond what their numbers of rows explain.</summary>
    private static double EffectVariance(
        EncodedRows rows,
        ClickEncoder encoder,
        FieldEncoder field,
        float[] logits,
        int[] training,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var slot = Array.IndexOf(encoder.SlotFields, encoder.Fields.ToList().IndexOf(field));
        var (counts, sums, squares) = (new double[field.IdCount], new double[field.IdCount], 0.0);
        foreach (var row in training)
        {
            var id = rows.Ids[(row * rows.Slots) + slot] - field.FirstId;
            if (id >= FieldEncoder.FirstKept)
            {
                counts[id]++;
                sums[id] += logits[row];
                squares += logits[row] * logits[row];
            }
        }

        var (total, sum) = (counts.Sum(), sums.Sum());
        var groups = counts.Count(count => count > 0);
        if (groups < 2 || total <= groups)
        {
            return 0;
        }

        var between = counts.Zip(sums, (count, s) => count > 0 ? s * s / count : 0).Sum();
        var within = (squares - between) / (total - groups);
        return Math.Max(
            0,
            (between - (sum * sum / total) - ((groups - 1) * within)) / (total - counts.Sum(count => count * count) / total)
        );
    }
}
