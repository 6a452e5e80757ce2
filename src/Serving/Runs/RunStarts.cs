using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Tradepost.Jobs;
using Tradepost.Jobs.Runs;
using Tradepost.Serving.Callers;

namespace Tradepost.Serving.Runs;

/// <summary>Starts runs for those who send requests.</summary>
public static class RunStarts
{
    private static readonly JsonElement NoArguments = JsonElement.Parse("{}");

    /// <summary>Starts a job as the caller, once for each idempotency key.</summary>
    public static async Task<Accepted<RunStarted>> StartAsync(
        this JobHost jobs,
        string job,
        JsonElement? arguments,
        Caller caller,
        HttpContext context,
        CancellationToken cancellationToken
    ) => await jobs.StartAsync(job, arguments, timeout: null, caller, context, cancellationToken);

    /// <summary>The same with a time limit of its own; null for the job's.</summary>
    public static async Task<Accepted<RunStarted>> StartAsync(
        this JobHost jobs,
        string job,
        JsonElement? arguments,
        TimeSpan? timeout,
        Caller caller,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        Accepted(
            await jobs.Runs.StartAsync(
                job,
                arguments ?? NoArguments,
                caller.Asker,
                IdempotencyKey.Find(context, caller),
                timeout,
                cancellationToken
            )
        );

    /// <summary>A run that was started, with the place where it can be followed.</summary>
    public static Accepted<RunStarted> Accepted(Run run) =>
        TypedResults.Accepted($"/api/v1/runs/{run.Id}", new RunStarted(run.Id, run.Job, run.State));
}
