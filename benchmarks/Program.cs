using Tradepost.Benchmarks.Bulk;
using Tradepost.Benchmarks.Etl;
using Tradepost.Benchmarks.Measuring;

namespace Tradepost.Benchmarks;

/// <summary>
/// Runs what is asked for: <c>bulk</c>, <c>etl</c>, or both when nothing is named. scripts/bench.sh starts the servers first.
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

        var names = arguments is [] ? ["bulk", "etl"] : arguments;
        if (names.FirstOrDefault(name => name is not ("bulk" or "etl")) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"There is no benchmark {unknown}; expected bulk or etl, or neither for both.");
            return 2;
        }

        try
        {
            foreach (var name in names)
            {
                var bench = Bench.FromEnvironment(name);
                await bench.NoteVersionAsync(stop.Token);
                await (name == "bulk" ? new BulkBenchmark(bench).RunAsync(stop.Token) : new EtlBenchmark(bench).RunAsync(stop.Token));
                await bench.WriteResultsAsync(stop.Token);
            }

            return 0;
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
