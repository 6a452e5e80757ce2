using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tradepost.Jobs;
using Tradepost.Jobs.Backfills;
using Tradepost.Serving.Callers;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;
using Tradepost.Serving.Runs;

namespace Tradepost.App.Runs;

/// <summary>The calendar of a job that takes days, and doing what is missing on it.</summary>
internal static class BackfillEndpoints
{
    private const string JobText = "A job that takes an interval of days: can_backfill in the list.";
    private static readonly string JobExample = ApiContents.Started.Job;

    public static void MapBackfills(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/v1/jobs/{job}/backfill", DaysAsync)
            .ForUsers()
            .Describe("jobs", "Show which days of a job are done, failed, missing or being done", 404)
            .Path("job", JobText, JobExample);
        routes
            .MapPost("/api/v1/jobs/{job}/backfill", StartAsync)
            .ForAnalysts()
            .Describe(
                "jobs",
                "Do the days that are missing or failed",
                "One run of jobs.backfill does them one after another, each as a run of its own.",
                404,
                409
            )
            .Path("job", JobText, JobExample)
            .Example("""{"from": "2026-01-01", "to": "2026-01-31"}""");
    }

    private static async Task<Ok<ItemList<BackfillDay>>> DaysAsync(
        string job,
        Query<BackfillQuery> query,
        JobHost jobs,
        CancellationToken cancellationToken
    ) =>
        TypedResults.Ok(
            new ItemList<BackfillDay>(await jobs.Backfills.DaysAsync(job, query.Value.From, query.Value.To, cancellationToken))
        );

    private static async Task<Accepted<RunStarted>> StartAsync(
        string job,
        Body<BackfillStart> body,
        Caller caller,
        JobHost jobs,
        CancellationToken cancellationToken
    ) =>
        RunStarts.Accepted(
            await jobs.Backfills.StartAsync(
                new BackfillOptions
                {
                    Job = job,
                    From = body.Value.From,
                    To = body.Value.To,
                    Arguments = body.ArgumentsObject()?.ToJsonString(),
                },
                caller.Asker,
                cancellationToken
            )
        );
}

internal sealed record BackfillQuery
{
    [Required]
    [Description("First day.")]
    public DateOnly From { get; init; }

    [Required]
    [Description("Last day, included.")]
    public DateOnly To { get; init; }
}

/// <summary>Days to be done, with the job's other arguments.</summary>
internal sealed record BackfillStart : IHasArguments
{
    [Required]
    [Description("First day.")]
    public DateOnly From { get; init; }

    [Required]
    [Description("Last day, included.")]
    public DateOnly To { get; init; }
}
