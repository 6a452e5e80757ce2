using System.Security.Cryptography;
using System.Text.Json;

namespace Tradepost.Learning.Regression.Trees;

/// <summary>Trees as they are kept: the trees themselves in binary form with their SHA-256.</summary>
internal sealed record TreeDocument(
    string Model,
    int Version,
    IReadOnlyList<string> Features,
    IReadOnlyList<bool> Categorical,
    double Baseline,
    double[] Gains,
    HistGradientBoostingOptions? Boosting,
    RandomForestOptions? Forest,
    byte[] Trees,
    string Sha256
)
{
    public static readonly string[] Models =
    [
        HistGradientBoosting.Regressor,
        HistGradientBoosting.Classifier,
        RandomForest.Regressor,
        RandomForest.Classifier,
    ];

    private const int ThisVersion = 1;

    public static string Write(TreeEnsemble model)
    {
        var trees = TreeBytes.Write(model.Trees);
        var document = new TreeDocument(
            model.Model,
            ThisVersion,
            model.Features,
            model.Categorical,
            model.Baseline,
            model.Gains,
            model.Boosting,
            model.Forest,
            trees,
            Convert.ToHexStringLower(SHA256.HashData(trees))
        );
        return JsonSerializer.Serialize(document, SavedModel.Form);
    }

    public static TreeEnsemble Read(string json, ModelHeader header)
    {
        var document = SavedModel.Read<TreeDocument>(json, header, ThisVersion);
        if (
            Convert.ToHexStringLower(SHA256.HashData(document.Trees)) != document.Sha256
            || document.Boosting is null == document.Forest is null
        )
        {
            throw new FormatException($"This {document.Model} is damaged: its trees are not those that were saved.");
        }

        return new TreeEnsemble(
            document.Model,
            document.Features,
            document.Categorical,
            document.Baseline,
            TreeBytes.Read(document.Trees),
            document.Gains,
            document.Boosting,
            document.Forest
        );
    }
}
