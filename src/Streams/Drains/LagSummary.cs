namespace Tradepost.Streams.Drains;

/// <summary>How long rows were on their way: the time that half, 99 of 100, and all of them took at most, in milliseconds.</summary>
public sealed record LagSummary(double Median, double P99, double Longest);
