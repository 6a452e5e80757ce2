using Tradepost.Learning.Regression.Linear;
using Tradepost.Learning.Regression.Trees;

namespace Tradepost.Learning.Regression;

/// <summary>Models of any kind that were saved.</summary>
public static class RegressionModel
{
    /// <summary>The model that <see cref="IRegressionModel.ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">The text is no saved model, one of an unknown kind or version, or damaged.</exception>
    public static IRegressionModel FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var header = SavedModel.Header(json);
        return LinearDocument.Models.Contains(header.Model) ? LinearDocument.Read(json, header)
            : TreeDocument.Models.Contains(header.Model) ? TreeDocument.Read(json, header)
            : throw new FormatException(
                $"This is a saved {header.Model}, which is no regression model; expected is one of {string.Join(", ", LinearDocument.Models.Concat(TreeDocument.Models))}."
            );
    }
}
