namespace Tradepost.Learning.Clicks;

/// <summary>Predicted and actual clicks of the rows with one value of a field.</summary>
/// <param name="Field">The field's name.</param>
/// <param name="Value">The value; (rare) for those that share an embedding, (unseen) for those that were not in the training rows.</param>
/// <param name="Rows">Rows with it.</param>
/// <param name="Clicks">Those with the label 1.</param>
/// <param name="Predicted">The sum of the rows' probabilities.</param>
public sealed record ClickValueEvaluation(string Field, string Value, int Rows, int Clicks, double Predicted)
{
    /// <summary>Predicted over actual clicks; null without clicks.</summary>
    public double? PredictedOverActual => Clicks > 0 ? Predicted / Clicks : null;
}
