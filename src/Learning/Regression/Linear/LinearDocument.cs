using System.Text.Json;

namespace Tradepost.Learning.Regression.Linear;

/// <summary>A linear model as it is kept.</summary>
internal sealed record LinearDocument(
    string Model,
    int Version,
    IReadOnlyList<string> Features,
    double Intercept,
    double[] Coefficients,
    int Iterations,
    double? DualityGap
)
{
    public static readonly string[] Models = ["ols", "ridge", "lasso", "elastic_net", LinearModel.Logistic];

    private const int ThisVersion = 1;

    public static string Write(LinearModel model) =>
        JsonSerializer.Serialize(
            new LinearDocument(
                model.Model,
                ThisVersion,
                model.Features,
                model.Intercept,
                model.Coefficients,
                model.Iterations,
                model.DualityGap
            ),
            SavedModel.Form
        );

    public static LinearModel Read(string json, ModelHeader header)
    {
        var document = SavedModel.Read<LinearDocument>(json, header, ThisVersion);
        return document.Features.Count == document.Coefficients.Length
            ? new LinearModel(
                document.Model,
                document.Features,
                document.Intercept,
                document.Coefficients,
                document.Iterations,
                document.DualityGap
            )
            : throw new FormatException($"This {document.Model} has not one coefficient per column: it is damaged.");
    }
}
