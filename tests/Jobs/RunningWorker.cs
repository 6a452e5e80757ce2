using Tradepost.Jobs.Workers;

namespace Tradepost.Jobs.Tests;

internal sealed class RunningWorker : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;

    public RunningWorker(JobHost jobs, int concurrency)
    {
        var worker = jobs.CreateWorker(new WorkerOptions { Concurrency = concurrency });
        running = Task.Run(() => worker.RunAsync(stop.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        stop.Dispose();
    }
}
