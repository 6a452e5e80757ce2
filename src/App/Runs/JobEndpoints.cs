using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Jobs.Rights;
using Tradepost.Serving.Callers;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;
using Tradepost.Serving.Runs;

namespace Tradepost.App.Runs;

/// <summary>What can be run, and starting it.</summary>
internal static class JobEndpoints
{
    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
        var jobs = routes.MapGroup("/api/v1/jobs");
        jobs.MapGet("", List).ForUsers(needsStore: false).Describe("jobs", "List the jobs and the schemas of their arguments");
        jobs.MapPost("/{job}/runs", StartAsync)
            .ForAnalysts()
            .Describe(
                "jobs",
                "Start a run",
                $"The run waits for a worker; Location says where to follow it. With the header {IdempotencyKey.Header} a request that "
                    + "is sent again starts nothing new.",
                404,
                409
            )
            .Header(IdempotencyKey.Header, "The same key, job and arguments give the run that was started first.")
            .Path("job", "A job's name, as in the list.", ApiContents.Started.Job)
            .Example($$"""{"arguments": {{ApiContents.Started.Arguments}}}""");
    }

    private static Ok<ItemList<JobView>> List(JobHost jobs) =>
        TypedResults.Ok(new ItemList<JobView>([.. jobs.Catalogue.All.Select(JobView.Of)]));

    private static Task<Accepted<RunStarted>> StartAsync(
        string job,
        Body<RunStart> body,
        Caller caller,
        JobHost jobs,
        HttpContext context,
        CancellationToken cancellationToken
    ) => jobs.StartAsync(job, body.Arguments, caller, context, cancellationToken);
}

/// <summary>A job that can be started.</summary>
/// <param name="Name">Its name in every place.</param>
/// <param name="Description">What it does.</param>
/// <param name="TimeoutSeconds">After this a run of it is stopped.</param>
/// <param name="CanBackfill">Whether it can be started for a span of days.</param>
/// <param name="Role">Who may start it.</param>
/// <param name="Arguments">The JSON schema of its arguments; x-role says who may give other values than the default, x-free-up-to up to
/// which number everybody may.</param>
internal sealed record JobView(
    string Name,
    string Description,
    double TimeoutSeconds,
    bool CanBackfill,
    AskerRole Role,
    JsonObject Arguments
)
{
    public static JobView Of(JobDefinition job) =>
        new(
            job.Name,
            job.Description,
            job.Timeout.TotalSeconds,
            job.Interval is not null,
            job.Role,
            ArgumentReader.Of(job.Arguments).Schema()
        );
}
