namespace Tradepost.Learning.Evaluation;

/// <summary>What metrics ask of the two spans they compare.</summary>
internal static class Pairs
{
    public static void Check(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted, string argument)
    {
        if (actual.IsEmpty)
        {
            throw new ArgumentException("There are no values to compare.", nameof(actual));
        }

        if (actual.Length != predicted.Length)
        {
            throw new ArgumentException($"There are {actual.Length} values and {predicted.Length} predictions.", argument);
        }

        for (var i = 0; i < actual.Length; i++)
        {
            if (!double.IsFinite(actual[i]) || !double.IsFinite(predicted[i]))
            {
                throw new ArgumentException($"Row {i} is not finite: {actual[i]} against {predicted[i]}.", argument);
            }
        }
    }
}
