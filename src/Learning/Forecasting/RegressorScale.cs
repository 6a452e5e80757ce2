namespace Tradepost.Learning.Forecasting;

/// <summary>A regressor as the model uses it: (value − mean) / deviation.</summary>
internal sealed record RegressorScale(string Name, double Mean, double Deviation, double PriorScale, SeasonalityMode Mode);
