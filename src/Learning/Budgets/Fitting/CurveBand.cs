namespace Tradepost.Learning.Budgets.Fitting;

/// <summary>A response and between what it lies.</summary>
/// <param name="Mean">What is to be expected.</param>
/// <param name="Lower">Too high with half of the probability outside the band.</param>
/// <param name="Upper">Too low with the other half.</param>
public sealed record CurveBand(double Mean, double Lower, double Upper);
