namespace Tradepost.Learning.Forecasting;

/// <summary>The parameters of a fitted model, in scaled units: values as shares of the scale, time from 0 to 1 over the history.</summary>
/// <param name="K">Growth rate before the first changepoint.</param>
/// <param name="M">Offset of the trend.</param>
/// <param name="Delta">Change of the rate at each changepoint.</param>
/// <param name="Beta">Coefficient of each feature.</param>
/// <param name="SigmaObs">Standard deviation of the observations around the forecast.</param>
public sealed record ProphetParameters(double K, double M, double[] Delta, double[] Beta, double SigmaObs);
