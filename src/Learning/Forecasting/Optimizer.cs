namespace Tradepost.Learning.Forecasting;

/// <summary>How the most probable parameters are found.</summary>
public enum Optimizer
{
    /// <summary>
    /// To the optimality conditions where the problem is convex (additive components, linear or flat growth), else to a local optimum of
    /// all of them.
    /// </summary>
    Exact,

    /// <summary>
    /// By L-BFGS with Stan's settings and order of arithmetic, which stops short of the optimum where R's Prophet 1.0 does (exactly there
    /// on Linux on x86-64 with FMA): for those who need the numbers they had. Under 100 rows Prophet takes Newton's method, which reaches
    /// the optimum, and so does this.
    /// </summary>
    Stan,
}
