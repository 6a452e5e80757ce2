using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Tradepost.Arguments;
using Tradepost.Jobs.Queue;
using Tradepost.Jobs.Rights;
using Tradepost.Jobs.Runs;
using Tradepost.Storage.Retrying;

namespace Tradepost.Jobs.Workers;

/// <summary>One attempt of a run, from its claim to its last write.</summary>
internal sealed partial class RunExecution(JobHost host, Runner runner, Lease lease, RunJournal journal) : IInnerRuns
{
    private static readonly RetryPolicy Finishing = RetryPolicy.Endless(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(2));
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);
    private static readonly TimeSpan PatienceAtEnd = TimeSpan.FromMinutes(1);

    private bool mayHavePublished;

    private Run Run => lease.Claim.Run;

    /// <summary>Executes it and writes down how it ended.</summary>
    /// <param name="workerStops">Cancelled when the process wants to end: then the store is not waited for as long.</param>
    public async Task<Ending> RunAsync(CancellationToken workerStops)
    {
        using var activity = JobsTelemetry.OnStarted(Run);
        var started = host.Time.GetTimestamp();
        await using var limit = host.Time.CreateTimer(
            _ => lease.Stop(StopReason.TimedOut),
            null,
            TimeSpan.FromSeconds(Run.TimeoutSeconds),
            System.Threading.Timeout.InfiniteTimeSpan
        );
        var (value, thrown) = await CallAsync();
        var outcome = OutcomeOf(value, thrown);
        var ended = outcome is not null && await FinishAsync(outcome, workerStops);
        JobsTelemetry.OnFinished(
            Run,
            !ended ? "lost"
                : outcome!.IsGivenBack ? "given_back"
                : RunRows.Name(outcome.State),
            host.Time.GetElapsedTime(started),
            activity
        );
        host.Signals.News.Raise();
        if (ended && outcome!.State == RunState.Queued)
        {
            host.Signals.Work.Raise();
        }

        return new Ending(ended ? outcome!.State : null, value, ended ? thrown : thrown ?? new LostRunException(Run.Id), lease.Reason);
    }

    async Task<Run> IInnerRuns.RunAsync(JobDefinition job, object arguments, JsonObject shown, CancellationToken cancellationToken)
    {
        var asker = new Asker(Run.AskedBy, AskedHow.Backfill) { Role = Run.AskedAs };
        var claim = await host.Runs.ClaimHereAsync(job, arguments, shown, asker, Run.Id, runner.Name, cancellationToken);
        await runner.ExecuteAsync(claim, logger: null, progress: null, cancellationToken);
        return await host.Runs.GetAsync(claim.Run.Id, CancellationToken.None);
    }

    private async Task<(object? Value, Exception? Thrown)> CallAsync()
    {
        var context = new JobContext
        {
            Settings = host.Settings,
            Store = host.Store,
            Migrations = host.Catalogue.Migrations,
            Time = host.Time,
            Progress = journal,
            Logger = journal,
            Run = Run,
            Fence = FenceAsync,
            InnerRuns = this,
            Host = host,
        };
        try
        {
            var job = host.Catalogue.Get(Run.Job);
            if (Run.Attempt > 1 && await host.Queue.IsPublishedAsync(Run.Id, lease.Token))
            {
                journal.Write(LogLevel.Information, "An earlier attempt had published its work; nothing is left to do.");
                return (null, null);
            }

            var arguments = ArgumentReader.Of(job.Arguments).FromJson(JsonSerializer.SerializeToElement(Run.Arguments));
            // Once more: this worker's settings may be others than those of where it was asked for.
            JobRights.Check(job, arguments, Run.AskedAs, host.Settings);
            return (await job.Run(arguments, context, lease.Token), null);
        }
#pragma warning disable CA1031 // Whatever a job throws is how its run ended; the record says so.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return await HasPublishedAsync(e) ? (null, null) : (null, e);
        }
    }

    /// <summary>
    /// Whether what failed had published: a commit whose answer was lost, or a source that could not be closed any more. What is published
    /// has succeeded; as nothing but the store can say it, it is asked for a while.
    /// </summary>
    private async Task<bool> HasPublishedAsync(Exception thrown)
    {
        if (!mayHavePublished)
        {
            return false;
        }

        var started = host.Time.GetTimestamp();
        try
        {
            var hasPublished = await Finishing.RunAsync(
                "run.published",
                token => host.Queue.IsPublishedAsync(Run.Id, token),
                e => StoreFailure.IsPassing(e) && host.Time.GetElapsedTime(started) < PatienceAtEnd,
                onRetry: null,
                host.Time,
                CancellationToken.None
            );
            if (hasPublished)
            {
                journal.Write(
                    LogLevel.Warning,
                    $"Its work is published; what came after that failed: {host.Redaction.Clean(thrown.Message)}"
                );
            }

            return hasPublished;
        }
        catch (Exception e) when (StoreFailure.IsPassing(e))
        {
            return false; // the next attempt, or whoever finds the run without its process, asks again
        }
    }

    private async Task FenceAsync(DbConnection connection, bool isLast, CancellationToken cancellationToken)
    {
        lease.Token.ThrowIfCancellationRequested();
        switch (await host.Queue.FenceAsync(connection, Run.Id, lease.Claim.Fence, cancellationToken))
        {
            case null:
                lease.Stop(StopReason.Lost);
                throw new LostRunException(Run.Id);
            case true:
                lease.Stop(StopReason.Cancelled);
                lease.Token.ThrowIfCancellationRequested();
                break;
            default:
                if (isLast)
                {
                    await host.Queue.PublishAsync(connection, Run.Id, cancellationToken);
                    mayHavePublished = true;
                }

                break;
        }
    }

    // What a job has completed has succeeded, even when it was asked to stop in its last moment.
    private RunOutcome? OutcomeOf(object? value, Exception? thrown)
    {
        if (thrown is null)
        {
            return Outcome(RunState.Succeeded) with
            {
                Result = value is null ? null : JsonSerializer.Serialize(value, value.GetType(), ResultJson.Options),
            };
        }

        return (lease.Reason, thrown) switch
        {
            (StopReason.Lost, _) or (_, LostRunException) => null,
            (StopReason.Cancelled, _) => Ended(RunState.Cancelled, "cancelled", "Cancelled."),
            (StopReason.TimedOut, _) => Ended(
                RunState.TimedOut,
                "timed_out",
                $"Stopped after its time limit of {Run.TimeoutSeconds:0.#} seconds."
            ),
            (StopReason.WorkerStops, _) when Run.MaxAttempts > 1 => Outcome(RunState.Queued) with
            {
                IsGivenBack = true,
                Error = "Its worker was stopped; another attempt follows.",
                ErrorKind = "interrupted",
            },
            (StopReason.WorkerStops, _) => Ended(RunState.Cancelled, "cancelled", "Stopped with the process that executed it."),
            _ => Failed(thrown),
        };
    }

    private RunOutcome Failed(Exception thrown)
    {
        var kind = Failure.KindOf(thrown);
        var message = host.Redaction.Clean(
            Run.AskedHow != AskedHow.Cli && thrown is JobFailedException failed ? failed.Answer : thrown.Message
        );
        if (kind == "transient" && Run.Attempt < Run.MaxAttempts)
        {
            var pause = host.Catalogue.Get(Run.Job).Retry.PauseAfter(Run.Attempt);
            journal.Write(
                LogLevel.Warning,
                $"Attempt {Run.Attempt} of {Run.MaxAttempts} failed: {message} Another follows in {pause.TotalSeconds:0.#} seconds."
            );
            return Outcome(RunState.Queued) with { Error = message, ErrorKind = kind, Pause = pause };
        }

        return Ended(RunState.Failed, kind, message);
    }

    private RunOutcome Ended(RunState state, string kind, string message)
    {
        journal.Write(state == RunState.Cancelled ? LogLevel.Warning : LogLevel.Error, message);
        return Outcome(state) with { Error = message, ErrorKind = kind };
    }

    private RunOutcome Outcome(RunState state) => new(Run.Id, lease.Claim.Fence, state);

    /// <summary>Writes the end down, however long the store is away within reason; the fence decides whether it still counts.</summary>
    private async Task<bool> FinishAsync(RunOutcome outcome, CancellationToken workerStops)
    {
        outcome = outcome with { News = journal.Take() };
        var started = host.Time.GetTimestamp();
        try
        {
            return await Finishing.RunAsync(
                "run.finish",
                token => host.Queue.FinishAsync(outcome, token),
                e =>
                    StoreFailure.IsPassing(e)
                    && host.Time.GetElapsedTime(started) < (workerStops.IsCancellationRequested ? PatienceAtEnd : Patience),
                retry => LogNotFinished(host.Logger, Run.Id, retry.Failure.Message),
                host.Time,
                CancellationToken.None
            );
        }
        catch (Exception e) when (StoreFailure.IsPassing(e))
        {
            // Whoever sweeps next finds the run without its process.
            LogGivenUp(host.Logger, Run.Id, host.Time.GetElapsedTime(started).TotalSeconds, e.Message);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The end of run {Run} could not be written down for {Seconds} seconds: {Reason}")]
    private static partial void LogGivenUp(ILogger logger, Guid run, double seconds, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The end of run {Run} was not written down yet: {Reason}")]
    private static partial void LogNotFinished(ILogger logger, Guid run, string reason);
}
