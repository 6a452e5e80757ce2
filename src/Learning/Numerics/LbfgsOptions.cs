namespace Tradepost.Learning.Numerics;

/// <summary>When L-BFGS stops and how it steps. The defaults are those of Stan 2.21 and later (<c>optimize</c>, algorithm LBFGS).</summary>
public sealed record LbfgsOptions
{
    /// <summary>Steps that are remembered; at least 1.</summary>
    public int History { get; init; } = 5;

    /// <summary>Length of the very first step and of those after a reset, in units of the gradient; above 0.</summary>
    public double InitialStep { get; init; } = 1e-3;

    /// <summary>Ends when the value falls by less than this in one step.</summary>
    public double ValueTolerance { get; init; } = 1e-12;

    /// <summary>Ends when the value falls by less than this times its size, in units of the machine epsilon.</summary>
    public double RelativeValueTolerance { get; init; } = 1e4;

    /// <summary>Ends when the gradient is shorter than this.</summary>
    public double GradientTolerance { get; init; } = 1e-8;

    /// <summary>
    /// Ends when the fall that the gradient promises is less than this times the value's size, in units of the machine epsilon.
    /// </summary>
    public double RelativeGradientTolerance { get; init; } = 1e7;

    /// <summary>Ends when a step is shorter than this.</summary>
    public double StepTolerance { get; init; } = 1e-8;

    /// <summary>Steps after which it gives up; at least 1.</summary>
    public int MaximumIterations { get; init; } = 2000;
}
