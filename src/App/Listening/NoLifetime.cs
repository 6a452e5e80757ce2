using Microsoft.Extensions.Hosting;

namespace Tradepost.App.Listening;

/// <summary>Signals are handled by the command line, so that <c>serve</c> stops as every command does.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
