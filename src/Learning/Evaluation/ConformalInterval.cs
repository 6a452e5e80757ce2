namespace Tradepost.Learning.Evaluation;

/// <summary>
/// Split conformal prediction: bounds that hold with a given probability for exchangeable errors, whatever their distribution (J. Lei and
/// others, JASA 113, 2018).
/// </summary>
public static class ConformalInterval
{
    /// <summary>
    /// The ⌈(n + 1)·level⌉-th smallest of n scores: a further score is at most that with at least the probability <paramref name="level"/>.
    /// </summary>
    /// <param name="scores">Sizes of errors on data that the model was not fitted on; at least level / (1 − level) of them.</param>
    /// <param name="level">Above 0, under 1.</param>
    /// <exception cref="ArgumentException">Too few scores for the level, or one that is not a number.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A level that is no probability between 0 and 1.</exception>
    public static double Quantile(ReadOnlySpan<double> scores, double level)
    {
        if (!(level is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "A level is a probability above 0 and under 1.");
        }

        var rank = (int)Math.Ceiling(((scores.Length + 1) * level) - 1e-9);
        if (rank > scores.Length)
        {
            throw new ArgumentException(
                string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"{scores.Length} scores are too few for the level {level}."
                ),
                nameof(scores)
            );
        }

        var sorted = scores.ToArray();
        Array.Sort(sorted);
        return double.IsNaN(sorted[0]) ? throw new ArgumentException("A score is not a number.", nameof(scores)) : sorted[rank - 1];
    }
}
