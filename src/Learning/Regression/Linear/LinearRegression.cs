namespace Tradepost.Learning.Regression.Linear;

/// <summary>
/// Ordinary least squares: minimises ‖y − Xw‖². By the normal equations of the centred and scaled columns, corrected with residuals
/// computed from the rows (Å. Björck, Numerical Methods for Least Squares Problems, 1996, 2.9.4), which gives back what squaring the
/// condition number takes. With more columns than rows the system has an unknown per row instead of
/// one per column. Where columns depend on each other, the solution with the shortest coefficients in units of the columns' deviations is
/// taken.
/// </summary>
public static class LinearRegression
{
    /// <summary>Fits a model.</summary>
    /// <param name="features">At least 2 rows, numbers without gaps. A constant column gets the coefficient 0.</param>
    /// <param name="target">One finite value per row.</param>
    /// <exception cref="ArgumentException">Too few rows, lengths that differ, categories, or values that are not finite; the message names
    /// row and column.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LinearModel Fit(
        FeatureTable features,
        ReadOnlySpan<double> target,
        LinearRegressionOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        options ??= new LinearRegressionOptions();
        return Ridge.Fit("ols", features, target, 0, options.FitIntercept, options.NJobs, cancellationToken);
    }
}
