namespace Tradepost.Learning.Numerics;

/// <summary>
/// A smooth function: gives its value at <paramref name="x"/> and writes the gradient there. A value that is not finite says that it is not
/// defined at x.
/// </summary>
/// <param name="x">The point.</param>
/// <param name="gradient">As long as x; overwritten.</param>
public delegate double GradientFunction(ReadOnlySpan<double> x, Span<double> gradient);
