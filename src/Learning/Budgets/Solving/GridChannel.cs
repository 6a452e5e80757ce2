using Tradepost.Learning.Budgets.Curves;

namespace Tradepost.Learning.Budgets.Solving;

/// <summary>A channel on the grid of steps.</summary>
/// <param name="Curve">Of amounts.</param>
/// <param name="Lower">Fewest steps.</param>
/// <param name="Upper">Most steps.</param>
/// <param name="Group">Index of its group.</param>
internal sealed record GridChannel(ResponseCurve Curve, long Lower, long Upper, int Group);
