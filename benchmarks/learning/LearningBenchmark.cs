using Tradepost.Benchmarks.Measuring;

namespace Tradepost.Benchmarks.Learning;

/// <summary>The model library beside what is used today, one comparison after another.</summary>
internal sealed class LearningBenchmark(Bench bench)
{
    public async Task RunAsync(CancellationToken cancellationToken) => await new RegressionComparison(bench).RunAsync(cancellationToken);
}
