namespace Tradepost.Benchmarks.Learning;

/// <summary>One fit: how long it took and how good it is on the test rows (root mean squared error, or log loss of classes).</summary>
internal sealed record FittedModel(string Name, double Seconds, double CpuSeconds, double Error);
