using System.Diagnostics;
using Tradepost.Benchmarks.Measuring;
using Tradepost.Learning.Budgets;
using Tradepost.Learning.Budgets.Curves;
using Tradepost.Learning.Numerics;

namespace Tradepost.Benchmarks.Budgets;

/// <summary>How long a budget among a thousand channels takes, and how near the best the plan is.</summary>
internal sealed class BudgetsBenchmark(Bench bench)
{
    private const int Channels = 1000;
    private const double MostMilliseconds = 50;

    // A plan is over in milliseconds, so a run is the median of many.
    private const int Plans = 21;

    public Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (
            var (name, least, most) in ((string, double, double)[])[("concave", 0.3, 1), ("of any shape", 0.3, 5), ("S-shaped", 1.5, 5)]
        )
        {
            Measure(name, Problem(least, most), cancellationToken);
        }

        return Task.CompletedTask;
    }

    private void Measure(string name, BudgetProblem problem, CancellationToken cancellationToken)
    {
        var plan = BudgetAllocator.Allocate(problem, cancellationToken);
        var series = bench.Start($"{Channels} Hill curves, {name}", Channels);
        for (var run = 0; run < bench.Runs; run++)
        {
            var seconds = new List<double>();
            var cpu = Environment.CpuUsage.TotalTime;
            for (var i = 0; i < Plans; i++)
            {
                var began = Stopwatch.GetTimestamp();
                plan = BudgetAllocator.Allocate(problem, cancellationToken);
                seconds.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            }

            seconds.Sort();
            series.Add(new Measurement(seconds[Plans / 2], (Environment.CpuUsage.TotalTime - cpu).TotalSeconds / Plans, 0, ""));
        }

        bench.Findings.Add(Finding.AtMost($"milliseconds for {Channels} channels, {name}", 1000 * series.Median, MostMilliseconds));
        bench.Findings.Add(Finding.Figure($"gap as a share of the value, {name}", plan.Gap / plan.Value));
    }

    private static BudgetProblem Problem(double leastAlpha, double mostAlpha)
    {
        var random = new RandomStream(1);
        return new BudgetProblem
        {
            Budget = 60m * Channels,
            Step = 0.01m,
            Channels =
            [
                .. Enumerable
                    .Range(0, Channels)
                    .Select(i => new BudgetChannel
                    {
                        Name = $"campaign {i}",
                        Curve = ResponseCurve.Hill(
                            1 + (99 * random.NextDouble()),
                            100 * Math.Exp(random.NextNormal()),
                            leastAlpha + ((mostAlpha - leastAlpha) * random.NextDouble())
                        ),
                        Upper = random.NextInt(2) == 0 ? 50 + random.NextInt(300) : null,
                        Current = 60,
                    }),
            ],
        };
    }
}
