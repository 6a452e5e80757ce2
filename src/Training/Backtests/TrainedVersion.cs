using Tradepost.Training.Ledger;
using Tradepost.Training.Registry;

namespace Tradepost.Training.Backtests;

/// <summary>What became of a training.</summary>
/// <param name="Version">The new version.</param>
/// <param name="Production">The version that predicts; null when none does.</param>
/// <param name="Note">What became of the version, in a few sentences.</param>
/// <param name="Cutoffs">Forecasts of the past by which it was judged.</param>
/// <param name="Predictions">New ones, of the version in production and of this one.</param>
/// <param name="Outcomes">Earlier predictions whose outcome has become known.</param>
/// <param name="Shown">What the version in production predicts; this one where there is none, or where that knows of later data.</param>
public sealed record TrainedVersion(
    ModelVersion Version,
    ModelVersion? Production,
    string Note,
    int Cutoffs,
    int Predictions,
    int Outcomes,
    IReadOnlyList<NewPrediction> Shown
)
{
    /// <summary>Where the new version is.</summary>
    public ModelStage Stage => Production?.Version == Version.Version ? ModelStage.Production : ModelStage.Staging;
}
