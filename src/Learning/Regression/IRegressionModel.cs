namespace Tradepost.Learning.Regression;

/// <summary>A fitted model of rows: a number per row. Immutable, so safe for use by several threads.</summary>
public interface IRegressionModel
{
    /// <summary>What it is, as in the saved form: such as <c>ridge</c>.</summary>
    string Model { get; }

    /// <summary>The columns that it was fitted with, in order.</summary>
    IReadOnlyList<string> Features { get; }

    /// <summary>Whether predictions are probabilities of the class 1.</summary>
    bool IsClassifier { get; }

    /// <summary>One prediction per row, in the units of the target; for a classifier the probability of 1.</summary>
    /// <param name="rows">The columns of the fit by name and in order.</param>
    /// <exception cref="ArgumentException">Other columns than those of the fit, or a missing value where the method takes none.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    double[] Predict(FeatureTable rows, CancellationToken cancellationToken = default);

    /// <summary>
    /// How much each column matters: of trees its share in what all divisions gained, 0 to 1; of linear models its coefficient times its
    /// standard deviation, in units of the target (for logistic regression of log odds), with the coefficient's sign.
    /// </summary>
    /// <param name="rows">The rows of the fit.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    double[] Importances(FeatureTable rows, CancellationToken cancellationToken = default);

    /// <summary>The whole model as JSON; <c>RegressionModel.FromJson</c> gives one that predicts the same to the last bit.</summary>
    string ToJson();
}
