using System.Globalization;
using Tradepost.Benchmarks.Anomalies;
using Tradepost.Benchmarks.Api;
using Tradepost.Benchmarks.Budgets;
using Tradepost.Benchmarks.Bulk;
using Tradepost.Benchmarks.Clicks;
using Tradepost.Benchmarks.Endurance;
using Tradepost.Benchmarks.Etl;
using Tradepost.Benchmarks.Forecasting;
using Tradepost.Benchmarks.Learning;
using Tradepost.Benchmarks.Marketplaces;
using Tradepost.Benchmarks.Measuring;
using Tradepost.Benchmarks.Page;
using Tradepost.Benchmarks.Queue;
using Tradepost.Benchmarks.Returns;
using Tradepost.Benchmarks.Trading;

namespace Tradepost.Benchmarks;

/// <summary>
/// Runs what is asked for: <c>bulk</c>, <c>etl</c>, <c>jobs</c>, <c>api</c>, <c>forecasting</c>, <c>learning</c>, <c>anomalies</c>, <c>budgets</c>, <c>clicks</c>, <c>clicks-accuracy</c>, <c>trading</c>, <c>returns</c>, <c>page</c>, <c>marketplace</c>, <c>endurance</c>, or all when nothing is named. scripts/bench.sh starts the servers first.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        if (arguments is ["load", .. var load])
        {
            return await Loads.RunAsync(load, stop.Token);
        }

        if (arguments is [WorkerProcess.Word, var url])
        {
            return await WorkerProcess.RunAsync(url);
        }

        if (arguments is [ProductQueries.Word, var store, var count])
        {
            return await ProductQueries.RunAsync(store, int.Parse(count, CultureInfo.InvariantCulture), stop.Token);
        }

        if (arguments is [ClickWorker.Word, .. var work])
        {
            return await ClickWorker.RunAsync(work);
        }

        string[] known =
        [
            "bulk",
            "etl",
            "jobs",
            "api",
            "forecasting",
            "learning",
            "anomalies",
            "budgets",
            "clicks",
            ClicksBenchmark.Accuracy,
            "trading",
            "returns",
            "page",
            "marketplace",
            EnduranceBenchmark.Word,
        ];
        var names = arguments is [] ? known : arguments;
        if (names.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            await Console.Error.WriteLineAsync(
                $"There is no benchmark {unknown}; expected {string.Join(", ", known)}, or none of them for all."
            );
            return 2;
        }

        try
        {
            var isBorne = true;
            foreach (var name in names)
            {
                var bench = Bench.FromEnvironment(name, name == "marketplace" ? MarketplaceBenchmark.Runs : 5);
                await bench.NoteVersionAsync(stop.Token);
                await (
                    name switch
                    {
                        "bulk" => new BulkBenchmark(bench).RunAsync(stop.Token),
                        "etl" => new EtlBenchmark(bench).RunAsync(stop.Token),
                        "trading" => new TradingBenchmark(bench).RunAsync(stop.Token),
                        "returns" => new ReturnsBenchmark(bench).RunAsync(stop.Token),
                        "page" => new PageBenchmark(bench).RunAsync(stop.Token),
                        "marketplace" => new MarketplaceBenchmark(bench).RunAsync(stop.Token),
                        EnduranceBenchmark.Word => new EnduranceBenchmark(bench).RunAsync(stop.Token),
                        "api" => new ApiBenchmark(bench).RunAsync(stop.Token),
                        "clicks" or ClicksBenchmark.Accuracy => new ClicksBenchmark(bench).RunAsync(stop.Token),
                        "forecasting" => new ForecastingBenchmark(bench).RunAsync(stop.Token),
                        "anomalies" => new AnomalyBenchmark(bench).RunAsync(stop.Token),
                        "budgets" => new BudgetsBenchmark(bench).RunAsync(stop.Token),
                        "learning" => new LearningBenchmark(bench).RunAsync(stop.Token),
                        _ => new JobsBenchmark(bench).RunAsync(stop.Token),
                    }
                );
                await bench.WriteResultsAsync(stop.Token);
                isBorne &= name != EnduranceBenchmark.Word || bench.Findings.All(finding => finding.IsMet);
            }

            return isBorne ? 0 : 1;
        }
        catch (BenchmarkException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 130;
        }
    }
}
