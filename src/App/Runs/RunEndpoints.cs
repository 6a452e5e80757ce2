using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tradepost.Jobs;
using Tradepost.Jobs.Runs;
using Tradepost.Serving.Callers;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;
using Tradepost.Serving.Runs;

namespace Tradepost.App.Runs;

/// <summary>Runs: listed, followed, stopped, repeated.</summary>
internal static class RunEndpoints
{
    private const string IdText = "The id of a run.";
    private const string IdExample = "01970000-0000-7000-8000-000000000000";

    public static void MapRuns(this IEndpointRouteBuilder routes)
    {
        var runs = routes.MapGroup("/api/v1/runs");
        runs.MapGet("", ListAsync)
            .ForUsers()
            .Describe(
                "runs",
                "List runs, newest first",
                "A page at a time: next is the cursor of the page behind it, and is null on the last."
            );
        runs.MapGet("/{id:guid}", GetAsync).ForUsers().Describe("runs", "Show a run", 404).Path("id", IdText, IdExample);
        runs.MapGet("/{id:guid}/logs", LogAsync)
            .ForUsers()
            .DisableRequestTimeout()
            .Describe(
                "runs",
                "Read a run's log",
                "With Accept: text/event-stream the lines come as they are written, as events named line, until one named end; "
                    + "Last-Event-ID goes on behind a line.",
                404
            )
            .Header("Last-Event-ID", "The id of the last event that was received, to go on behind it.")
            .Path("id", IdText, IdExample)
            .ReturnsEvents();
        runs.MapDelete("/{id:guid}", CancelAsync)
            .ForAnalysts()
            .Describe(
                "runs",
                "Cancel a run",
                "One that waits ends at once; one that runs stops within seconds, and leaves nothing half done.",
                404,
                409
            )
            .Path("id", IdText, IdExample);
        runs.MapPost("/{id:guid}/retry", RetryAsync)
            .ForAnalysts()
            .Describe(
                "runs",
                "Run again what did not succeed",
                "Starts a new run with the same arguments; parent_id names the one it repeats.",
                404,
                409
            )
            .Path("id", IdText, IdExample);
    }

    private static async Task<Ok<Page<Run>>> ListAsync(Query<RunQuery> query, JobHost jobs, CancellationToken cancellationToken)
    {
        var asked = query.Value;
        var page = await jobs.Runs.ListAsync(
            new RunFilter
            {
                Job = asked.Job,
                State = asked.State,
                ParentId = Identifier.Find(asked.Parent),
                Before = Identifier.Find(asked.Cursor),
                Limit = asked.Limit,
            },
            cancellationToken
        );
        return TypedResults.Ok(new Page<Run>(page.Items, page.Next?.ToString()));
    }

    private static async Task<Ok<Run>> GetAsync(Guid id, JobHost jobs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await jobs.Runs.GetAsync(id, cancellationToken));

    private static async Task<Results<Ok<LogPage>, ServerSentEventsResult<object>>> LogAsync(
        Guid id,
        Query<LogQuery> query,
        JobHost jobs,
        LogStream stream,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var asked = query.Value;
        await jobs.Runs.GetAsync(id, cancellationToken); // before anything is sent: an unknown run is a 404
        if (EventStream.IsWanted(context))
        {
            return TypedResults.ServerSentEvents(stream.FollowAsync(id, LogStream.Start(context, asked.After), cancellationToken));
        }

        var lines = await jobs.Runs.LogAsync(id, asked.After, asked.Limit, cancellationToken);
        return TypedResults.Ok(new LogPage(lines, lines.Count == asked.Limit ? lines[^1].Number : null));
    }

    private static async Task<Accepted<Run>> CancelAsync(Guid id, Caller caller, JobHost jobs, CancellationToken cancellationToken) =>
        TypedResults.Accepted((string?)null, await jobs.Runs.CancelAsync(id, caller.Email, cancellationToken));

    private static async Task<Accepted<RunStarted>> RetryAsync(Guid id, Caller caller, JobHost jobs, CancellationToken cancellationToken) =>
        RunStarts.Accepted(await jobs.Runs.RetryAsync(id, caller.Asker, cancellationToken));
}

internal sealed record RunQuery
{
    [Description("Only runs of this job.")]
    public string? Job { get; init; }

    [Description("Only runs in this state.")]
    public RunState? State { get; init; }

    [Description("Only repetitions and parts of this run.")]
    [RegularExpression(Identifier.Pattern, ErrorMessage = Identifier.Expectation)]
    public string? Parent { get; init; }

    [Description("How many runs to give at most.")]
    [Range(1, RunFilter.MostItems)]
    public int Limit { get; init; } = 50;

    [Description("Where to go on: next of the page before.")]
    [RegularExpression(Identifier.Pattern, ErrorMessage = Identifier.Expectation)]
    public string? Cursor { get; init; }
}

internal sealed record LogQuery
{
    [Description("Only lines behind this number: next of the page before.")]
    [Range(0, long.MaxValue)]
    public long After { get; init; }

    [Description("How many lines to give at most.")]
    [Range(1, 10_000)]
    public int Limit { get; init; } = 1000;
}

/// <summary>Lines of a log; with <c>next</c>, the number behind which more may come.</summary>
internal sealed record LogPage(IReadOnlyList<RunLogLine> Items, long? Next);
