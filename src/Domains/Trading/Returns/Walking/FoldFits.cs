using Tradepost.Learning.Regression;
using Tradepost.Learning.Regression.Linear;
using Tradepost.Learning.Regression.Trees;

namespace Tradepost.Trading.Returns.Walking;

/// <summary>
/// Fits the methods on the rows of a fold. The three linear ones with a penalty are solved from the same products of columns.
/// </summary>
internal sealed class FoldFits(FoldRows fold, int horizon, CancellationToken cancellationToken)
{
    private NormalEquations? equations;

    /// <summary>The fitted model of a method that learns.</summary>
    public IRegressionModel Fit(ReturnMethod method)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var settings = MethodSettings.Of(method, horizon);
        return method switch
        {
            ReturnMethod.LinearRegression => LinearRegression.Fit(
                fold.Train,
                fold.Labels,
                new LinearRegressionOptions { NJobs = 1 },
                cancellationToken
            ),
            ReturnMethod.Ridge => Equations().Solve(settings.Alpha!.Value, cancellationToken),
            ReturnMethod.Lasso => Equations().SolveElasticNet(settings.Alpha!.Value, 1, cancellationToken),
            ReturnMethod.ElasticNet => Equations().SolveElasticNet(settings.Alpha!.Value, settings.L1Ratio!.Value, cancellationToken),
            ReturnMethod.RandomForest => RandomForest.FitRegressor(fold.Train, fold.Labels, settings.Forest, cancellationToken),
            ReturnMethod.GradientBoosting => HistGradientBoosting.FitRegressor(
                fold.Train,
                fold.Labels,
                settings.Boosting,
                cancellationToken
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "This method learns nothing."),
        };
    }

    /// <summary>What a method says of the test rows.</summary>
    /// <param name="before">The return of the last hours at each row of the series, which persistence repeats.</param>
    public double[] Forecast(ReturnMethod method, double[] before) =>
        method switch
        {
            ReturnMethod.Zero => new double[fold.TestRows.Length],
            ReturnMethod.Mean => [.. Enumerable.Repeat(Mean(fold.Labels), fold.TestRows.Length)],
            ReturnMethod.Persistence => [.. fold.TestRows.Select(row => before[row])],
            _ when fold.TestRows.Length == 0 => [],
            _ => Fit(method).Predict(fold.Test, cancellationToken),
        };

    /// <summary>The mean of labels, added up in their order.</summary>
    public static double Mean(ReadOnlySpan<double> labels)
    {
        var sum = 0.0;
        foreach (var label in labels)
        {
            sum += label;
        }

        return sum / labels.Length;
    }

    private NormalEquations Equations()
    {
        if (equations is null)
        {
            equations = new NormalEquations(fold.Train.Names);
            equations.Add(fold.Train, fold.Labels, cancellationToken);
        }

        return equations;
    }
}
