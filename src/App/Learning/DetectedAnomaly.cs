namespace Tradepost.App.Learning;

/// <summary>A row that is an anomaly, and why.</summary>
internal sealed record DetectedAnomaly(DateTime Timestamp, double Value, double AnomalyScore, double Lower, double Upper, string Reason);
