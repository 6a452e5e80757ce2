using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tradepost.App.Api.OpenApi;
using Tradepost.Jobs;
using Tradepost.Serving.Callers;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;
using Tradepost.Serving.Runs;

namespace Tradepost.App.Api.Runs;

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
                $"The run waits for a worker; Location says where to follow it. With the header {IdempotencyKey.Header} a request that is sent again starts nothing new.",
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
