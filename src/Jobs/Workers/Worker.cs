using Microsoft.Extensions.Logging;
using Tradepost.Jobs.Queue;

namespace Tradepost.Jobs.Workers;

/// <summary>Takes runs from the queue and executes them, until it is told to stop; then it gives back what it has not finished.</summary>
public sealed partial class Worker
{
    private static readonly TimeSpan PauseWithoutStore = TimeSpan.FromSeconds(1);

    private readonly JobHost host;
    private readonly WorkerOptions options;

    internal Worker(JobHost host, WorkerOptions options) => (this.host, this.options) = (host, options);

    /// <summary>Runs until the token is cancelled; the store may be away meanwhile.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var runner = new Runner(host, ProcessIdentity.NewWorkerName());
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new HashSet<Task>();
        Task[] beside = [ListenAsync(end.Token), SweepAsync(end.Token)];
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var signal = host.Signals.Work.Next;
                var claims =
                    running.Count < options.Concurrency
                        ? await ClaimAsync(runner, options.Concurrency - running.Count, cancellationToken)
                        : [];
                foreach (var claim in claims)
                {
                    running.Add(
                        Task.Run(() => runner.ExecuteAsync(claim, host.Logger, progress: null, cancellationToken), CancellationToken.None)
                    );
                }

                if (claims.Count == 0)
                {
                    await WaitAsync(signal, running, cancellationToken);
                }

                await ForgetFinishedAsync(running);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The clean stop.
        }
        finally
        {
            await Task.WhenAll(running);
            await end.CancelAsync();
            await Task.WhenAll(beside);
        }
    }

    private async Task<IReadOnlyList<Claim>> ClaimAsync(Runner runner, int most, CancellationToken cancellationToken)
    {
        try
        {
            return await host.Queue.ClaimAsync(runner.Name, host.Catalogue, most, cancellationToken);
        }
        catch (Exception e) when (StoreFailure.IsOfStore(e))
        {
            LogStoreAway(host.Logger, e.Message);
            await Task.Delay(PauseWithoutStore, host.Time, cancellationToken);
            return [];
        }
    }

    private async Task WaitAsync(Task signal, HashSet<Task> running, CancellationToken cancellationToken)
    {
        var isFull = running.Count >= options.Concurrency;
        var wake = Task.WhenAny(isFull ? running : [.. running, signal]);
        await wake.WaitAtMostAsync(host.Options.Poll, host.Time, cancellationToken);
    }

    private static async Task ForgetFinishedAsync(HashSet<Task> running)
    {
        foreach (var task in running.Where(task => task.IsCompleted).ToList())
        {
            running.Remove(task);
            await task; // throws what no run may swallow: the store refused the record of its end
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                try
                {
                    foreach (var run in await host.Queue.SweepAsync(cancellationToken))
                    {
                        LogOrphan(host.Logger, run.Id, run.Job, run.State);
                        host.Signals.Work.Raise();
                        host.Signals.News.Raise();
                    }

                    JobsTelemetry.OnDepth(await host.Queue.DepthAsync(cancellationToken));
                }
                catch (Exception e) when (StoreFailure.IsOfStore(e))
                {
                    LogStoreAway(host.Logger, e.Message);
                }

                await Task.Delay(host.Options.Heartbeat, host.Time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The clean stop.
        }
    }

    private Task ListenAsync(CancellationToken cancellationToken) =>
        host.Store.Traits.IsShared ? new PostgresListener(host).RunAsync(cancellationToken) : Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store did not answer; it is tried again: {Reason}")]
    private static partial void LogStoreAway(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {Run} of {Job} had lost its process; it is {State} now")]
    private static partial void LogOrphan(ILogger logger, Guid run, string job, Runs.RunState state);
}
