using System.Diagnostics;
using Tradepost.Benchmarks.Measuring;
using Tradepost.Jobs.Workers;

namespace Tradepost.Benchmarks.Queue;

/// <summary>A worker in a process of its own.</summary>
internal sealed class WorkerProcess : IDisposable
{
    public const string Word = "worker";

    private readonly Process process;

    private WorkerProcess(Process process) => this.process = process;

    /// <summary>What the process does: it waits for a line, works, and stops when its input ends.</summary>
    public static async Task<int> RunAsync(string url)
    {
        await using var database = await QueueDatabase.OpenAsync(url, CancellationToken.None);
        Console.Out.WriteLine("ready");
        await Console.In.ReadLineAsync();
        using var stop = new CancellationTokenSource();
        var working = database.Jobs.CreateWorker(new WorkerOptions { Concurrency = 8 }).RunAsync(stop.Token);
        await Console.In.ReadToEndAsync();
        await stop.CancelAsync();
        await working;
        return 0;
    }

    public static async Task<WorkerProcess> StartAsync(string url, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(WorkerProcess).Assembly.Location, Word, url])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var started = Process.Start(start) ?? throw new BenchmarkException("The worker did not start.");
        return await started.StandardOutput.ReadLineAsync(cancellationToken) == "ready"
            ? new WorkerProcess(started)
            : throw new BenchmarkException("The worker ended before it was ready.");
    }

    public void Begin() => process.StandardInput.WriteLine();

    /// <summary>Ends it and gives the CPU seconds it used and its peak memory in megabytes.</summary>
    public async Task<(double CpuSeconds, double PeakMegabytes)> StopAsync(CancellationToken cancellationToken)
    {
        process.Refresh();
        var (cpu, peak) = (process.TotalProcessorTime.TotalSeconds, process.PeakWorkingSet64 / 1024.0 / 1024.0);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellationToken);
        return (cpu, peak);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }
}
