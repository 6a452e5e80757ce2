namespace Tradepost.Learning.Evaluation;

/// <summary>
/// How good probabilities are. Labels are 0 or 1, probabilities 0 to 1, both spans of one length, at least 1; anything else is an
/// <see cref="ArgumentException"/>. Definitions are scikit-learn's.
/// </summary>
public static class ClassificationMetrics
{
    private const double Smallest = 2.220446049250313e-16;

    /// <summary>Mean negative log likelihood in nats; probabilities are kept a machine epsilon away from 0 and 1.</summary>
    public static double LogLoss(ReadOnlySpan<double> labels, ReadOnlySpan<double> probabilities)
    {
        Check(labels, probabilities);
        var sum = 0.0;
        for (var i = 0; i < labels.Length; i++)
        {
            var p = Math.Clamp(probabilities[i], Smallest, 1 - Smallest);
            sum -= labels[i] == 1 ? Math.Log(p) : Math.Log(1 - p);
        }

        return sum / labels.Length;
    }

    /// <summary>Mean squared difference of probability and label.</summary>
    public static double Brier(ReadOnlySpan<double> labels, ReadOnlySpan<double> probabilities)
    {
        Check(labels, probabilities);
        var sum = 0.0;
        for (var i = 0; i < labels.Length; i++)
        {
            sum += (probabilities[i] - labels[i]) * (probabilities[i] - labels[i]);
        }

        return sum / labels.Length;
    }

    /// <summary>Area under the ROC curve: the probability that a 1 scores above a 0, ties counting half (Mann–Whitney).</summary>
    /// <exception cref="ArgumentException">All labels are the same.</exception>
    public static double Auc(ReadOnlySpan<double> labels, ReadOnlySpan<double> scores)
    {
        Pairs.Check(labels, scores, nameof(scores));
        CheckLabels(labels);
        var keys = scores.ToArray();
        var order = labels.ToArray();
        Array.Sort(keys, order);
        var (positives, rankSum) = (0L, 0.0);
        for (var i = 0; i < keys.Length; )
        {
            var (end, ones) = (i, 0);
            for (; end < keys.Length && keys[end] == keys[i]; end++)
            {
                ones += (int)order[end];
            }

            rankSum += ones * ((i + 1 + end) / 2.0);
            positives += ones;
            i = end;
        }

        var negatives = keys.Length - positives;
        return positives > 0 && negatives > 0
            ? (rankSum - (positives * (positives + 1) / 2.0)) / ((double)positives * negatives)
            : throw new ArgumentException("All labels are the same; there is no order to judge.", nameof(labels));
    }

    /// <summary>
    /// Expected calibration error: rows sorted by probability in bins of equal size, |mean probability − mean label| weighted by size.
    /// </summary>
    /// <param name="bins">At least 1; at most as many as there are rows are used.</param>
    public static double CalibrationError(ReadOnlySpan<double> labels, ReadOnlySpan<double> probabilities, int bins = 20)
    {
        Check(labels, probabilities);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        var keys = probabilities.ToArray();
        var order = labels.ToArray();
        Array.Sort(keys, order);
        bins = Math.Min(bins, keys.Length);
        var error = 0.0;
        for (var bin = 0; bin < bins; bin++)
        {
            var (from, to) = ((int)((long)keys.Length * bin / bins), (int)((long)keys.Length * (bin + 1) / bins));
            var difference = 0.0;
            for (var i = from; i < to; i++)
            {
                difference += keys[i] - order[i];
            }

            error += Math.Abs(difference);
        }

        return error / keys.Length;
    }

    private static void Check(ReadOnlySpan<double> labels, ReadOnlySpan<double> probabilities)
    {
        Pairs.Check(labels, probabilities, nameof(probabilities));
        CheckLabels(labels);
        foreach (var probability in probabilities)
        {
            if (probability is < 0 or > 1)
            {
                throw new ArgumentException(
                    string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{probability} is no probability."),
                    nameof(probabilities)
                );
            }
        }
    }

    private static void CheckLabels(ReadOnlySpan<double> labels)
    {
        foreach (var label in labels)
        {
            if (label is not (0 or 1))
            {
                throw new ArgumentException(
                    string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The label {label} is neither 0 nor 1."),
                    nameof(labels)
                );
            }
        }
    }
}
