using Tradepost.Learning.Clicks.Training;

namespace Tradepost.Learning.Clicks;

/// <summary>What a model says of a row.</summary>
/// <param name="Probability">Of a click, calibrated; above 0, under 1.</param>
/// <param name="Lower">The true probability lies between this …</param>
/// <param name="Upper">… and this with the probability <see cref="ClickOptions.IntervalLevel"/>. NaN both for a model without
/// intervals.</param>
public readonly record struct ClickPrediction(double Probability, double Lower, double Upper);
