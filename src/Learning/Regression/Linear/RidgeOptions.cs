namespace Tradepost.Learning.Regression.Linear;

/// <summary>Settings of <see cref="Ridge"/>; names and defaults are scikit-learn's.</summary>
public sealed record RidgeOptions
{
    /// <summary>Weight of the squared coefficients against the sum of squared errors; 0 or more.</summary>
    public double Alpha { get; init; } = 1;

    /// <summary>Whether there is an intercept, which is not penalised.</summary>
    public bool FitIntercept { get; init; } = true;

    /// <summary>Threads, 1 to 1024; null: one per processor. The result does not depend on it.</summary>
    public int? NJobs { get; init; }
}
