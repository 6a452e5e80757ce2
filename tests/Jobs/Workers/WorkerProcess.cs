using System.Diagnostics;
using Tradepost.Jobs.Workers;

namespace Tradepost.Jobs.Tests.Workers;

/// <summary>A worker in a process of its own, which a test can kill or pause.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private const string Variable = "TRADEPOST_TEST_WORKER";

    private readonly Process process;

    private WorkerProcess(Process process) => this.process = process;

    public static async Task<bool> RunIfAskedAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } url)
        {
            return false;
        }

        var settings = JobWorld.SettingsFor(Path.GetTempPath(), url);
        await using var store = settings.Store.Open(TimeProvider.System);
        await using var jobs = new JobHost(settings, store, TestJobs.Catalogue, TimeProvider.System, options: JobWorld.Quick);
        using var stop = new CancellationTokenSource();
        var running = jobs.CreateWorker(new WorkerOptions { Concurrency = 4 }).RunAsync(stop.Token);
        Console.Out.WriteLine("ready");
        await Console.In.ReadToEndAsync(); // until the test closes it, however the test ends
        await stop.CancelAsync();
        await running;
        return true;
    }

    public static async Task<WorkerProcess> StartAsync(JobWorld world)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Tradepost.Jobs.Tests.dll")])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { [Variable] = world.Settings.Find("DATABASE_URL") },
        };
        var started = Process.Start(start) ?? throw new InvalidOperationException("The worker did not start.");
        (await started.StandardOutput.ReadLineAsync()).ShouldBe("ready");
        return new WorkerProcess(started);
    }

    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public Task PauseAsync() => SignalAsync("STOP");

    public Task ResumeAsync() => SignalAsync("CONT");

    public async Task StopAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString()]);
        await kill.WaitForExitAsync();
        kill.ExitCode.ShouldBe(0);
    }
}
