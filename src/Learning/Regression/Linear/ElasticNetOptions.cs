namespace Tradepost.Learning.Regression.Linear;

/// <summary>
/// Settings of <see cref="ElasticNet"/>; names are scikit-learn's, and so are defaults but for the tolerance, which is finer.
/// </summary>
public sealed record ElasticNetOptions
{
    /// <summary>Weight of the penalty against half the mean squared error; 0 or more.</summary>
    public double Alpha { get; init; } = 1;

    /// <summary>The share of the penalty that is the absolute coefficients, 0 … 1; the rest is half their squares.</summary>
    public double L1Ratio { get; init; } = 0.5;

    /// <summary>Whether there is an intercept, which is not penalised.</summary>
    public bool FitIntercept { get; init; } = true;

    /// <summary>Sweeps after which it gives up; at least 1.</summary>
    public int MaxIter { get; init; } = 100_000;

    /// <summary>Ends when the duality gap is under this share of the target's sum of squares; above 0.</summary>
    public double Tol { get; init; } = 1e-10;

    /// <summary>Threads, 1 to 1024; null: one per processor. The result does not depend on it.</summary>
    public int? NJobs { get; init; }
}
