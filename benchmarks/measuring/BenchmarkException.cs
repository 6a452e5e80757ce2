namespace Tradepost.Benchmarks.Measuring;

/// <summary>A benchmark cannot be run, or what was loaded is not what should have been.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
