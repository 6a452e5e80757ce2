namespace Tradepost.Benchmarks.Anomalies;

/// <summary>What the Numenta Anomaly Benchmark weighs: a window that is found, a row that fires outside one, a window that is missed.</summary>
internal sealed record ScoringProfile(string Name, double TruePositive, double FalsePositive, double FalseNegative)
{
    public static readonly ScoringProfile Standard = new("standard", 1, 0.11, 1);

    public static readonly ScoringProfile LowFalsePositives = new("reward_low_FP_rate", 1, 0.22, 1);

    public static readonly ScoringProfile LowFalseNegatives = new("reward_low_FN_rate", 1, 0.11, 2);

    public static readonly ScoringProfile[] All = [Standard, LowFalsePositives, LowFalseNegatives];
}
