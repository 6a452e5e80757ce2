namespace Tradepost.Learning.Forecasting;

/// <summary>How the most probable parameters are found.</summary>
public enum Optimizer
{
    /// <summary>To the optimality conditions where the problem is convex (additive components, linear or flat growth), else to a local optimum of all of them.</summary>
    Exact,

    /// <summary>By L-BFGS with Stan's settings, which stops short of the optimum as Prophet does: for those who need the numbers they had. Under 100 rows Prophet takes Newton's method, which reaches the optimum, and so does this.</summary>
    Stan,
}
