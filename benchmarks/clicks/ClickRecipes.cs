using Tradepost.Learning.Clicks.Calibrating;
using Tradepost.Learning.Clicks.Training;

namespace Tradepost.Benchmarks.Clicks;

/// <summary>The options that are measured.</summary>
internal static class ClickRecipes
{
    /// <summary>One network, everything as in the peer's script.</summary>
    public static ClickOptions Peer(IReadOnlyList<int> hidden) =>
        new()
        {
            Hidden = hidden,
            Dropout = 0.2,
            EmbeddingL2 = 0,
            EmbeddingInit = 0.01,
            LearningRate = 1e-3,
            BatchSize = 4096,
            Epochs = 8,
            Patience = 2,
            MinCount = 1,
            Members = 1,
            Schedule = LearningRateSchedule.Constant,
            Calibration = CalibrationMethod.None,
        };

    public static ClickOptions Of(string name, long seed) =>
        name switch
        {
            "ml1m same" => Peer([256, 128]) with { Seed = seed },
            "ctr same" => Peer([256, 128]) with { EmbeddingL2 = 0.03, MinCount = 100, Seed = seed },
            "ml1m tuned" => Peer([256, 128]) with
            {
                LearningRate = 5e-3,
                EmbeddingL2 = 0.001,
                Schedule = LearningRateSchedule.Linear,
                Epochs = 15,
                Seed = seed,
                Members = 3,
                Intervals = false,
                Calibration = CalibrationMethod.Platt,
            },
            "ctr tuned" => Peer([256, 128]) with
            {
                EmbeddingL2 = 0.01,
                EmbeddingInit = 0.1,
                MinCount = 100,
                Schedule = LearningRateSchedule.Linear,
                Epochs = 5,
                Seed = seed,
                Members = 3,
                Calibration = CalibrationMethod.Platt,
            },
            "talkingdata" => new ClickOptions
            {
                Hidden = [32],
                Dropout = 0.3,
                EmbeddingL2 = 0.2,
                EmbeddingInit = 0.01,
                LearningRate = 1e-3,
                Schedule = LearningRateSchedule.Constant,
                BatchSize = 512,
                Epochs = 15,
                MinCount = 2,
                Members = 10,
                ValidationFraction = 0.1,
                Seed = seed,
            },
            _ => throw new ArgumentException($"There is no recipe {name}.", nameof(name)),
        };
}
