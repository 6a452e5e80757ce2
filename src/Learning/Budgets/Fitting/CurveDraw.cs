using Tradepost.Learning.Budgets.Curves;

namespace Tradepost.Learning.Budgets.Fitting;

/// <summary>A curve that may be the true one.</summary>
/// <param name="Curve">The response per period to steady spending per period.</param>
/// <param name="Share">Adstock: the share that goes on working in the next period.</param>
public sealed record CurveDraw(ResponseCurve Curve, double Share);
