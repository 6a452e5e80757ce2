namespace Tradepost.Learning.Regression.Linear;

/// <summary>
/// Settings of <see cref="LogisticRegression"/>; names and defaults are scikit-learn's, but for the tolerance, which is finer.
/// </summary>
public sealed record LogisticRegressionOptions
{
    /// <summary>Weight of the log loss against half the squared coefficients; above 0. Less is more regularised.</summary>
    public double C { get; init; } = 1;

    /// <summary>Whether there is an intercept, which is not penalised.</summary>
    public bool FitIntercept { get; init; } = true;

    /// <summary>Newton steps after which it gives up; at least 1.</summary>
    public int MaxIter { get; init; } = 100;

    /// <summary>Ends when no entry of the gradient (columns scaled to deviation 1, mean loss) is beyond this; above 0.</summary>
    public double Tol { get; init; } = 1e-12;

    /// <summary>Threads, 1 to 1024; null: one per processor. The result does not depend on it.</summary>
    public int? NJobs { get; init; }
}
