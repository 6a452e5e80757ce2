namespace Tradepost.Learning.Forecasting;

/// <summary>One column of the design matrix.</summary>
/// <param name="Name">As Prophet names it: <c>yearly_delim_1</c>, <c>playoff_delim_+1</c>, a regressor's name.</param>
/// <param name="Component">The component it belongs to.</param>
/// <param name="Group">The sum of components it also belongs to: <c>holidays</c>, <c>extra_regressors_additive</c>, …; null for a
/// seasonality.</param>
/// <param name="PriorScale">Standard deviation of its coefficient's prior.</param>
/// <param name="Mode">How it enters.</param>
public sealed record FeatureColumn(string Name, string Component, string? Group, double PriorScale, SeasonalityMode Mode);
