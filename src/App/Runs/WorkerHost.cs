using Microsoft.Extensions.Hosting;
using Tradepost.Jobs;
using Tradepost.Jobs.Workers;

namespace Tradepost.App.Runs;

/// <summary>A worker, a scheduler and the alerts inside the server.</summary>
internal sealed class WorkerHost(JobHost jobs) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => jobs.RunAsync(new WorkerOptions(), stoppingToken);
}
