using Microsoft.Extensions.Hosting;
using Tradepost.Jobs;

namespace Tradepost.App.Api.Runs;

/// <summary>A worker inside the server.</summary>
internal sealed class WorkerHost(JobHost jobs) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => jobs.CreateWorker().RunAsync(stoppingToken);
}
