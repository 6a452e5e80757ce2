using Tradepost.Learning.Clicks;

namespace Tradepost.App.Learning.Clicks;

/// <summary>What <c>clicks train --json</c> prints.</summary>
/// <param name="Rows">Rows that were trained on.</param>
/// <param name="SamplesPerSecond">Rows trained on a second, without reading and judging.</param>
/// <param name="Epochs">Epochs of the first network.</param>
/// <param name="ReadAs">How the file was understood: delimiter, decimal sign, notation of times.</param>
internal sealed record ClickTrainReport(
    int Rows,
    ClickTrainValidation Validation,
    double SamplesPerSecond,
    int Epochs,
    int Networks,
    int EmbeddingRows,
    double ReadSeconds,
    double TrainSeconds,
    bool Resumed,
    IReadOnlyList<string> Notes,
    string ReadAs
)
{
    public static ClickTrainReport Of(ClickModel model, ClickTrainingRun run) =>
        new(
            model.Validation.TrainingRows,
            new ClickTrainValidation(
                model.Validation.Auc,
                model.Validation.LogLoss,
                model.Validation.NormalisedEntropy,
                model.Validation.ValidationRows
            ),
            run.SamplesPerSecond,
            model.Validation.Epochs[0],
            run.Networks,
            run.EmbeddingRows,
            run.ReadSeconds,
            run.TrainSeconds,
            run.IsResumed,
            model.Validation.Notes,
            run.ReadAs
        );
}
