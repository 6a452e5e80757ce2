using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Jobs.Runs;
using Tradepost.Serving.Callers;
using Tradepost.Serving.Errors;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;
using Tradepost.Serving.Runs;

namespace Tradepost.Trading.Scripts;

/// <summary>Jobs under the script names of the forecasting API.</summary>
internal static class ScriptRoutes
{
    private const string NameText = "A script's name, as in the list; an ending .py may stand behind it.";
    private const string NameExample = "predictor";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var ml = routes.MapGroup("/ml");
        ml.MapGet("/scripts/available", Available)
            .ForUsers(needsStore: false)
            .Describe("scripts", "List the scripts", "A script is listed as soon as its job exists.");
        ml.MapPost("/scripts/run", RunAsync)
            .ForAnalysts()
            .Describe("scripts", "Run a script", 404, 409)
            .Example("""{"script": "predictor", "arguments": {}}""");
        ml.MapPost("/data-collector/run", Run("data_collector"))
            .ForAnalysts()
            .Describe("scripts", "Run data_collector", 404, 409)
            .Example("""{"mode": "incremental", "timeout": 600}""");
        ml.MapPost("/trainer/run", Run("multi_model_trainer"))
            .ForAnalysts()
            .Describe("scripts", "Run multi_model_trainer", 404, 409)
            .Example("""{"mode": "batch", "timeout": 3600}""");
        ml.MapPost("/predictor/run", RunPredictorAsync)
            .ForAnalysts()
            .Describe("scripts", "Run predictor", 404, 409)
            .Example("""{"timeout": 600}""");
        ml.MapGet("/scripts/status", StatusAsync).ForUsers().Describe("scripts", "Show the latest run of each script");
        ml.MapGet("/scripts/status/{script}", StatusOfAsync)
            .ForUsers()
            .Describe("scripts", "Show the latest run of a script", 404)
            .Path("script", NameText, NameExample);
        ml.MapPost("/scripts/{script}/cancel", CancelAsync)
            .ForAnalysts()
            .Describe("scripts", "Cancel the run of a script", 404, 409)
            .Path("script", NameText, NameExample);
    }

    private static Ok<ItemList<ScriptView>> Available(JobHost jobs) =>
        TypedResults.Ok(
            new ItemList<ScriptView>([
                .. Script
                    .AllIn(jobs.Catalogue)
                    .Select(script => (script, Job: jobs.Catalogue.Get(script.Job)))
                    .Select(pair => new ScriptView(
                        pair.script.Name,
                        pair.Job.Name,
                        pair.Job.Description,
                        ArgumentReader.Of(pair.Job.Arguments).Schema()
                    )),
            ])
        );

    private static Task<Accepted<RunStarted>> RunAsync(
        Body<ScriptRun> body,
        Caller caller,
        JobHost jobs,
        HttpContext context,
        CancellationToken cancellationToken
    ) => jobs.StartAsync(Get(jobs, body.Value.Script).Job, body.Arguments, Limit(body.Value.Timeout), caller, context, cancellationToken);

    private static Task<Accepted<RunStarted>> RunPredictorAsync(
        Body<TimedRun> body,
        Caller caller,
        JobHost jobs,
        HttpContext context,
        CancellationToken cancellationToken
    ) => jobs.StartAsync(Get(jobs, "predictor").Job, body.Arguments, Limit(body.Value.Timeout), caller, context, cancellationToken);

    /// <summary>With the job's mode in the body itself, as people know it, or among the arguments.</summary>
    private static Delegate Run(string script) =>
        (Body<ModedRun> body, Caller caller, JobHost jobs, HttpContext context, CancellationToken cancellationToken) =>
        {
            var arguments = body.ArgumentsObject() ?? new JsonObject();
            if (body.Value.Mode is { } mode)
            {
                arguments["mode"] = mode;
            }

            return jobs.StartAsync(
                Get(jobs, script).Job,
                JsonSerializer.SerializeToElement(arguments),
                Limit(body.Value.Timeout),
                caller,
                context,
                cancellationToken
            );
        };

    private static TimeSpan? Limit(int? seconds) => seconds is { } limit ? TimeSpan.FromSeconds(limit) : null;

    private static async Task<Ok<ItemList<ScriptStatus>>> StatusAsync(JobHost jobs, CancellationToken cancellationToken)
    {
        var all = new List<ScriptStatus>();
        foreach (var script in Script.AllIn(jobs.Catalogue))
        {
            all.Add(await LatestAsync(jobs, script, cancellationToken));
        }

        return TypedResults.Ok(new ItemList<ScriptStatus>(all));
    }

    private static async Task<Ok<ScriptStatus>> StatusOfAsync(string script, JobHost jobs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await LatestAsync(jobs, Get(jobs, script), cancellationToken));

    private static async Task<Accepted<Run>> CancelAsync(string script, Caller caller, JobHost jobs, CancellationToken cancellationToken)
    {
        var latest = await LatestAsync(jobs, Get(jobs, script), cancellationToken);
        return latest.Run is { IsEnded: false } run
            ? TypedResults.Accepted((string?)null, await jobs.Runs.CancelAsync(run.Id, caller.Email, cancellationToken))
            : throw new ApiException(409, $"{latest.Script} is not running.");
    }

    private static async Task<ScriptStatus> LatestAsync(JobHost jobs, Script script, CancellationToken cancellationToken)
    {
        var page = await jobs.Runs.ListAsync(new RunFilter { Job = script.Job, Limit = 1 }, cancellationToken);
        return new ScriptStatus(script.Name, script.Job, page.Items is [var run] ? run : null);
    }

    private static Script Get(JobHost jobs, string name)
    {
        if (Script.Find(jobs.Catalogue, name) is { } script)
        {
            return script;
        }

        var names = Script.AllIn(jobs.Catalogue).Select(known => known.Name).ToList();
        throw ApiException.NotFound(
            $"There is no script \"{name}\"; "
                + $"{(names.Count == 0 ? "there are none yet" : $"there {(names.Count == 1 ? "is" : "are")} {string.Join(", ", names)}")}.",
            names
        );
    }
}

/// <summary>A script to run, with the arguments of its job.</summary>
internal sealed record ScriptRun : IHasArguments
{
    public const string TimeoutText = "Seconds after which the run is stopped; by default the job's own limit.";
    public const int LongestTimeout = 86_400;

    [Required]
    [Description("The script's name, as in the list; an ending .py may stand behind it.")]
    public string Script { get; init; } = "";

    [Description(TimeoutText)]
    [Range(1, LongestTimeout)]
    public int? Timeout { get; init; }
}

/// <summary>A run of a script whose job has modes.</summary>
internal sealed record ModedRun : IHasArguments
{
    [Description("The job's mode; it may stand among the arguments instead.")]
    public string? Mode { get; init; }

    [Description(ScriptRun.TimeoutText)]
    [Range(1, ScriptRun.LongestTimeout)]
    public int? Timeout { get; init; }
}

/// <summary>A run of a script.</summary>
internal sealed record TimedRun : IHasArguments
{
    [Description(ScriptRun.TimeoutText)]
    [Range(1, ScriptRun.LongestTimeout)]
    public int? Timeout { get; init; }
}

/// <summary>A script and its latest run; without one it has never run.</summary>
internal sealed record ScriptStatus(string Script, string Job, Run? Run);

/// <summary>A script that can be run.</summary>
internal sealed record ScriptView(string Name, string Job, string Description, JsonObject Arguments);
