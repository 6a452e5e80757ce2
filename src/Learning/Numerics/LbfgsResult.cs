namespace Tradepost.Learning.Numerics;

/// <summary>Where L-BFGS ended.</summary>
/// <param name="X">The point.</param>
/// <param name="Value">The function's value there.</param>
/// <param name="Iterations">Steps taken.</param>
/// <param name="Converged">False when the iterations ran out or no step along the gradient led down.</param>
public sealed record LbfgsResult(double[] X, double Value, int Iterations, bool Converged);
