using System.Runtime.InteropServices;
using Tradepost.Learning.Clicks.Encoding;

namespace Tradepost.Learning.Clicks.Uncertainty;

/// <summary>
/// How much of the true logits a model has not learnt, from rows that it was not trained on. One label says nothing about the error of its
/// probability, but two rows that share values share what was not learnt about them: with r = y − p, E[rᵢrⱼ] ≈ E[δᵢδⱼ] pᵢqᵢpⱼqⱼ for logit
/// errors δ, or (e^C − 1) pᵢpⱼ for a covariance C that is not small. Over pairs that share field f that gives the variance of its effects,
/// over pairs that share f and g that of their interaction too: variance components by moments (C. Henderson, Biometrics 9, 1953). Higher
/// interactions are not counted.
/// </summary>
/// <param name="residuals">What came less what was predicted, one per validation row.</param>
/// <param name="probabilities">What was predicted.</param>
internal sealed class ResidualComponents(
    EncodedRows rows,
    ClickEncoder encoder,
    int[] validation,
    double[] residuals,
    double[] probabilities
)
{
    /// <summary>
    /// Components with a larger standard error than this are left out: what is added up is unbiased, and must not be noise.
    /// </summary>
    private const double LargestError = 0.1;

    private const int RowsBetweenLooks = 4096;

    private readonly Dictionary<long, int> groups = [];
    private readonly List<Group> sums = [];

    /// <summary>
    /// The mean square of the errors of the logits, each row weighed by (pq)², and its standard error for residuals of labels.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public (double Value, double Error) Variance(CancellationToken cancellationToken)
    {
        var fields = encoder.Fields.Count;
        var (single, total, noise) = (new double[fields], 0.0, 0.0);
        for (var field = 0; field < fields; field++)
        {
            var (component, error) = Shared(field, field, cancellationToken);
            single[field] = component;
            (total, noise) = error < LargestError ? (total + component, noise + (error * error)) : (total, noise);
        }

        for (var one = 0; one < fields; one++)
        {
            for (var other = one + 1; other < fields; other++)
            {
                var (both, error) = Shared(one, other, cancellationToken);
                (total, noise) =
                    error < LargestError ? (total + both - single[one] - single[other], noise + (error * error)) : (total, noise);
            }
        }

        return (total, Math.Sqrt(noise));
    }

    /// <summary>The covariance of errors over pairs of rows that share both fields' values, and its standard error.</summary>
    private (double Covariance, double Error) Shared(int one, int other, CancellationToken cancellationToken)
    {
        groups.Clear();
        sums.Clear();
        var (first, second) = (Array.IndexOf(encoder.SlotFields, one), Array.IndexOf(encoder.SlotFields, other));
        for (var i = 0; i < validation.Length; i++)
        {
            if (i % RowsBetweenLooks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var start = validation[i] * rows.Slots;
            var key = ((long)rows.Ids[start + first] << 32) | (uint)rows.Ids[start + second];
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, key, out var exists);
            if (!exists)
            {
                number = sums.Count;
                sums.Add(default);
            }

            var p = probabilities[i];
            CollectionsMarshal.AsSpan(sums)[number].Add(residuals[i], p * (1 - p));
        }

        var (products, weights) = (0.0, 0.0);
        foreach (var group in sums)
        {
            products += (group.Residuals * group.Residuals) - group.ResidualSquares;
            weights += (group.Weights * group.Weights) - group.WeightSquares;
        }

        return weights > 0 ? (Math.Log(1 + Math.Max(-0.5, products / weights)), Math.Sqrt(2 / weights)) : (0, double.PositiveInfinity);
    }

    private struct Group
    {
        public double Residuals { get; private set; }

        public double ResidualSquares { get; private set; }

        public double Weights { get; private set; }

        public double WeightSquares { get; private set; }

        public void Add(double residual, double weight)
        {
            (Residuals, ResidualSquares) = (Residuals + residual, ResidualSquares + (residual * residual));
            (Weights, WeightSquares) = (Weights + weight, WeightSquares + (weight * weight));
        }
    }
}
