using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Regression.Linear;

/// <summary>A fitted linear model: intercept + Σ coefficient · column, and for logistic regression 1/(1 + e⁻ᶠ) of that.</summary>
public sealed class LinearModel : IRegressionModel
{
    internal const string Logistic = "logistic_regression";

    internal LinearModel(
        string model,
        IReadOnlyList<string> features,
        double intercept,
        double[] coefficients,
        int iterations,
        double? dualityGap
    ) =>
        (Model, Features, Intercept, Coefficients, Iterations, DualityGap) = (
            model,
            features,
            intercept,
            coefficients,
            iterations,
            dualityGap
        );

    /// <inheritdoc/>
    public string Model { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Features { get; }

    /// <inheritdoc/>
    public bool IsClassifier => Model == Logistic;

    /// <summary>What a row of zeros gives; 0 when it was fitted without.</summary>
    public double Intercept { get; }

    /// <summary>One per column, in units of the target (for logistic regression of log odds) per unit of the column.</summary>
    public double[] Coefficients { get; }

    /// <summary>Sweeps of coordinate descent or steps of Newton's method; 0 where the solution is direct.</summary>
    public int Iterations { get; }

    /// <summary>
    /// How far the objective may at most be above its optimum, for lasso and elastic net; in units of half the sum of squares.
    /// </summary>
    public double? DualityGap { get; }

    /// <inheritdoc/>
    public double[] Predict(FeatureTable rows, CancellationToken cancellationToken = default)
    {
        var predictions = PredictLinear(rows, cancellationToken);
        if (IsClassifier)
        {
            for (var row = 0; row < predictions.Length; row++)
            {
                predictions[row] = 1 / (1 + Math.Exp(-predictions[row]));
            }
        }

        return predictions;
    }

    /// <summary>Intercept + Σ coefficient · column: for logistic regression the log odds.</summary>
    /// <exception cref="ArgumentException">Other columns than those of the fit, or a missing value.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public double[] PredictLinear(FeatureTable rows, CancellationToken cancellationToken = default)
    {
        InputRules.CheckPredict(rows, Features);
        InputRules.CheckNumbers(rows, nameof(rows), cancellationToken);
        var predictions = new double[rows.Rows];
        predictions.AsSpan().Fill(Intercept);
        for (var column = 0; column < Coefficients.Length; column++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Kernels.AddScaled(Coefficients[column], rows.Column(column), predictions);
        }

        return predictions;
    }

    /// <inheritdoc/>
    public double[] Importances(FeatureTable rows, CancellationToken cancellationToken = default) =>
        [
            .. Coefficients.Select(
                (coefficient, column) =>
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    return coefficient * Deviation(rows.Column(column));
                }
            ),
        ];

    /// <inheritdoc/>
    public string ToJson() => LinearDocument.Write(this);

    private static double Deviation(ReadOnlySpan<double> values)
    {
        var (mean, squares) = (0.0, 0.0);
        foreach (var value in values)
        {
            mean += value / values.Length;
        }

        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean) / values.Length;
        }

        return Math.Sqrt(squares);
    }
}
