namespace Tradepost.Trading.Returns.Routes;

/// <summary>How the champion did in a fold.</summary>
/// <param name="Fold">Its number, from 0 on.</param>
/// <param name="TestFrom">The first hour that it was judged by (UTC).</param>
/// <param name="TestTo">The last one (UTC).</param>
/// <param name="N">Forecasts whose outcome is known.</param>
/// <param name="Rmse">Root of the mean squared error.</param>
/// <param name="RmseZero">That of forecasting no change.</param>
/// <param name="Coverage">The share of returns within their interval of 80 %.</param>
public sealed record JudgedFold(int Fold, DateTime TestFrom, DateTime TestTo, int N, double Rmse, double RmseZero, double? Coverage);
