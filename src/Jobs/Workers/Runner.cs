using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Tradepost.Jobs.Queue;

namespace Tradepost.Jobs.Workers;

/// <summary>
/// Executes claimed runs and keeps them: renews their leases, hears of cancellations, writes down what they say. One name, one
/// set of leases; disposed when nothing runs any more.
/// </summary>
internal sealed partial class Runner : IAsyncDisposable
{
    private readonly JobHost host;
    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentDictionary<Guid, (Lease Lease, RunJournal Journal)> active = [];
    private readonly Task keeping;
    private readonly Task recording;

    public Runner(JobHost host, string name)
    {
        this.host = host;
        Name = name;
        keeping = Task.Run(KeepAsync);
        recording = Task.Run(RecordAsync);
    }

    public string Name { get; }

    public int Count => active.Count;

    public async Task<Ending> ExecuteAsync(Claim claim, ILogger? logger, IProgress<JobProgress>? progress, CancellationToken workerStops)
    {
        using var lease = new Lease(claim, host.Time);
        var journal = new RunJournal(claim, host.Redaction, host.Options.LogLimit, host.Time) { Logger = logger, Progress = progress };
        active[claim.Run.Id] = (lease, journal);
        try
        {
            await using var stopping = workerStops.Register(() => lease.Stop(StopReason.WorkerStops));
            return await new RunExecution(host, this, lease, journal).RunAsync(workerStops);
        }
        finally
        {
            active.TryRemove(claim.Run.Id, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await Task.WhenAll(keeping, recording);
        end.Dispose();
    }

    private async Task KeepAsync()
    {
        while (!end.IsCancellationRequested)
        {
            var cancelled = host.Signals.Cancel.Next;
            if (!active.IsEmpty)
            {
                await RenewAsync();
            }

            try
            {
                await cancelled.WaitAtMostAsync(host.Options.Heartbeat, host.Time, end.Token);
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task RenewAsync()
    {
        var held = active.Values.Select(run => run.Lease).ToList();
        var asked = host.Time.GetTimestamp();
        using var limit = new CancellationTokenSource(host.Options.Lease / 3, host.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, end.Token);
        try
        {
            var known = (await host.Queue.RenewAsync(Name, either.Token)).ToDictionary(state => state.Id);
            foreach (var lease in held)
            {
                if (!known.TryGetValue(lease.Claim.Run.Id, out var state) || state.Fence != lease.Claim.Fence)
                {
                    lease.Stop(StopReason.Lost); // a run that has just ended does not care
                    continue;
                }

                lease.Renew(asked);
                if (state.IsCancelAsked)
                {
                    lease.Stop(StopReason.Cancelled);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException || StoreFailure.IsOfStore(e))
        {
            if (!end.IsCancellationRequested)
            {
                LogNotRenewed(host.Logger, held.Count, e.Message);
                foreach (var lease in held.Where(lease => lease.Age > host.Options.Lease))
                {
                    lease.Stop(StopReason.Lost);
                }
            }
        }
    }

    private async Task RecordAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(host.Options.Flush, host.Time, end.Token);
                await FlushAsync(end.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The last words of a run are written with its end.
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        var journals = active.Values.Select(run => run.Journal).ToList();
        var news = journals.Select(journal => (Journal: journal, News: journal.Take())).Where(pair => pair.News is not null).ToList();
        if (news.Count == 0)
        {
            return;
        }

        try
        {
            await host.Queue.RecordAsync([.. news.Select(pair => pair.News!)], cancellationToken);
            host.Signals.News.Raise();
        }
        catch (Exception e) when (StoreFailure.IsOfStore(e))
        {
            LogNotRecorded(host.Logger, e.Message);
            foreach (var (journal, taken) in news)
            {
                journal.PutBack(taken!);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The leases of {Runs} runs were not renewed: {Reason}")]
    private static partial void LogNotRenewed(ILogger logger, int runs, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Logs of runs were not written down yet: {Reason}")]
    private static partial void LogNotRecorded(ILogger logger, string reason);
}
