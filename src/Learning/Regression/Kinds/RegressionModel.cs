using Tradepost.Learning.Regression.Linear;
using Tradepost.Learning.Regression.Trees;

namespace Tradepost.Learning.Regression.Kinds;

/// <summary>Models of any kind that were saved.</summary>
public static class RegressionModel
{
    /// <summary>What the fit of a model takes, for those who want to know before.</summary>
    /// <param name="model">As <see cref="IRegressionModel.Model"/>.</param>
    /// <param name="features">The rows of the fit.</param>
    /// <param name="options">Of trees and boosting; null: the defaults. Of linear models they make no difference.</param>
    /// <exception cref="ArgumentException">There is no such model.</exception>
    public static WorkSize SizeOf(string model, FeatureTable features, object? options = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        var (rows, columns) = (features.Rows, features.Names.Count);
        return model switch
        {
            RandomForest.Classifier or RandomForest.Regressor => RandomForest.Size(
                rows,
                columns,
                options as RandomForestOptions ?? new RandomForestOptions(),
                model == RandomForest.Classifier
            ),
            HistGradientBoosting.Classifier or HistGradientBoosting.Regressor => HistGradientBoosting.Size(
                rows,
                columns,
                options as HistGradientBoostingOptions ?? new HistGradientBoostingOptions()
            ),
            _ when LinearDocument.Models.Contains(model) => LinearSize.Of(model, rows, columns, null),
            _ => throw new ArgumentException($"There is no model {model}.", nameof(model)),
        };
    }

    /// <summary>The model that <see cref="IRegressionModel.ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">The text is no saved model, one of an unknown kind or version, or damaged.</exception>
    public static IRegressionModel FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var header = SavedModel.Header(json);
        return LinearDocument.Models.Contains(header.Model) ? LinearDocument.Read(json, header)
            : TreeDocument.Models.Contains(header.Model) ? TreeDocument.Read(json, header)
            : throw new FormatException(
                $"This is a saved {header.Model}, which is no regression model; expected is one of "
                    + $"{string.Join(", ", LinearDocument.Models.Concat(TreeDocument.Models))}."
            );
    }
}
