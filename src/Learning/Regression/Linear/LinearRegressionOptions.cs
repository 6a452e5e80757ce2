namespace Tradepost.Learning.Regression.Linear;

/// <summary>Settings of <see cref="LinearRegression"/>; names and defaults are scikit-learn's.</summary>
public sealed record LinearRegressionOptions
{
    /// <summary>Whether there is an intercept.</summary>
    public bool FitIntercept { get; init; } = true;

    /// <summary>Threads, 1 to 1024; null: one per processor. The result does not depend on it.</summary>
    public int? NJobs { get; init; }
}
