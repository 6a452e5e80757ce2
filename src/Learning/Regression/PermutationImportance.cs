using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Regression;

/// <summary>
/// How much worse predictions get when a column is shuffled (L. Breiman 2001; A. Fisher and others, JMLR 20, 2019). Measured on rows that
/// the model was not fitted on, it is honest about columns with many values.
/// </summary>
public static class PermutationImportance
{
    /// <summary>The mean rise of a loss per column, in the units of the loss; about 0 for columns that are not used.</summary>
    /// <param name="model">Any fitted model.</param>
    /// <param name="features">Rows to judge by.</param>
    /// <param name="target">What came.</param>
    /// <param name="loss">Of target and predictions, less is better; such as <see cref="Evaluation.RegressionMetrics.Rmse"/>.</param>
    /// <param name="repeats">Times that each column is shuffled; at least 1.</param>
    /// <param name="seed">Of the shuffles.</param>
    /// <exception cref="ArgumentException">Other columns than those of the fit, no rows, or not one target per row.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static double[] Of(
        IRegressionModel model,
        FeatureTable features,
        double[] target,
        RowsLoss loss,
        int repeats = 5,
        long seed = 0,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        InputRules.CheckFit(features, target, least: 1);
        Size(features.Rows, features.Columns, repeats).Check(nameof(repeats));
        var usual = loss(target, model.Predict(features, cancellationToken));
        var importances = new double[features.Columns];
        for (var column = 0; column < importances.Length; column++)
        {
            var random = new RandomStream((seed * 1_000_003) + column);
            for (var repeat = 0; repeat < repeats; repeat++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var shuffled = features.With(column, Shuffled(features.Column(column), random));
                importances[column] += (loss(target, model.Predict(shuffled, cancellationToken)) - usual) / repeats;
            }
        }

        return importances;
    }

    private static WorkSize Size(int rows, int columns, int repeats) =>
        new()
        {
            Work = WorkSize.Say($"The importance of {columns:N0} columns by {repeats:N0} shuffles on {rows:N0} rows"),
            Smaller = "Fewer repeats, or some of the rows, take less.",
            Bytes = 16.0 * rows,
            Seconds = 1e-9 * rows * columns * columns * repeats,
        };

    private static double[] Shuffled(ReadOnlySpan<double> values, RandomStream random)
    {
        var shuffled = values.ToArray();
        for (var i = shuffled.Length - 1; i > 0; i--)
        {
            var j = random.NextInt(i + 1);
            (shuffled[i], shuffled[j]) = (shuffled[j], shuffled[i]);
        }

        return shuffled;
    }
}
