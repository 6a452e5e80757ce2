namespace Tradepost.Benchmarks.Anomalies;

/// <summary>The threshold with the greatest total, and that total: as it is, and between 0 (no alarm at all) and 100 (each window at its first row, nothing else).</summary>
internal sealed record SweepResult(double Threshold, double Total, double Score);
