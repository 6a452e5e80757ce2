using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tradepost.App.Users.Auditing;
using Tradepost.Jobs;
using Tradepost.Jobs.Schedules;
using Tradepost.Serving.Callers;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;

namespace Tradepost.App.Schedules;

/// <summary>Cron schedules.</summary>
internal static class ScheduleEndpoints
{
    private const int Times = 5;
    private const string NameText = "The schedule's name.";
    private const string NameExample = "nightly";

    public static void MapSchedules(this IEndpointRouteBuilder routes)
    {
        var schedules = routes.MapGroup("/api/v1/schedules");
        schedules.MapGet("", ListAsync).ForUsers().Describe("schedules", "List the schedules");
        schedules
            .MapGet("/{name}", GetAsync)
            .ForUsers()
            .Describe("schedules", "Show a schedule with its next and last times", 404)
            .Path("name", NameText, NameExample);
        schedules
            .MapPut("/{name}", SetAsync)
            .ForAnalysts()
            .Describe("schedules", "Create a schedule, or replace the one of that name", 404)
            .Path("name", NameText, NameExample)
            .Example(
                $$"""{"job": "{{ApiContents.Started.Job}}", "cron": "0 2 * * *", "time_zone": "Europe/Paris", "arguments": {{ApiContents.Started.Arguments}}}"""
            );
        schedules
            .MapDelete("/{name}", RemoveAsync)
            .ForAnalysts()
            .Describe("schedules", "Remove a schedule", "Runs that it has started go on.", 404)
            .Path("name", NameText, NameExample);
        schedules
            .MapPost("/{name}/pause", PauseAsync)
            .ForAnalysts()
            .Describe("schedules", "Pause a schedule", 404)
            .Path("name", NameText, NameExample);
        schedules
            .MapPost("/{name}/resume", ResumeAsync)
            .ForAnalysts()
            .Describe("schedules", "Resume a schedule", "It goes on with its next time; what was due meanwhile is not made up for.", 404)
            .Path("name", NameText, NameExample);
    }

    private static async Task<Ok<ItemList<Schedule>>> ListAsync(JobHost jobs, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ItemList<Schedule>(await jobs.Schedules.ListAsync(cancellationToken)));

    private static async Task<Ok<ScheduleView>> GetAsync(string name, JobHost jobs, CancellationToken cancellationToken)
    {
        var schedule = await jobs.Schedules.GetAsync(name, cancellationToken);
        return TypedResults.Ok(
            new ScheduleView(
                schedule,
                jobs.Schedules.NextTimes(schedule, Times),
                await jobs.Schedules.FiresAsync(name, Times, cancellationToken)
            )
        );
    }

    private static async Task<Ok<Schedule>> SetAsync(
        string name,
        Body<ScheduleChange> body,
        Caller caller,
        JobHost jobs,
        AuditLog audit,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var change = body.Value;
        var schedule = await jobs.Schedules.SetAsync(
            new NewSchedule
            {
                Name = name,
                Job = change.Job,
                Cron = change.Cron,
                Arguments = body.ArgumentsObject() ?? [],
                TimeZone = change.TimeZone,
                Misfire = change.Misfire,
                Overlap = change.Overlap,
                IsPaused = change.IsPaused,
            },
            caller.Asker,
            cancellationToken
        );
        await audit.AddAsync(Origin.Of(context), "schedule.set", name, cancellationToken);
        return TypedResults.Ok(schedule);
    }

    private static async Task<NoContent> RemoveAsync(
        string name,
        JobHost jobs,
        AuditLog audit,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        await jobs.Schedules.RemoveAsync(name, cancellationToken);
        await audit.AddAsync(Origin.Of(context), "schedule.removed", name, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<Schedule>> PauseAsync(string name, Caller caller, JobHost jobs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await jobs.Schedules.PauseAsync(name, caller.Email, cancellationToken));

    private static async Task<Ok<Schedule>> ResumeAsync(string name, Caller caller, JobHost jobs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await jobs.Schedules.ResumeAsync(name, caller.Asker, cancellationToken));
}

/// <summary>A schedule as it is to be, with the arguments of its job.</summary>
internal sealed record ScheduleChange : IHasArguments
{
    [Required]
    [Description("The job to start.")]
    public string Job { get; init; } = "";

    [Required]
    [Description("When: minute, hour, day of the month, month, day of the week.")]
    public string Cron { get; init; } = "";

    [Description("The time zone that the cron expression is read in, by its IANA name.")]
    public string TimeZone { get; init; } = "UTC";

    [Description("What happens when nobody was there at the time.")]
    public MisfirePolicy Misfire { get; init; } = MisfirePolicy.RunOnce;

    [Description("What happens when a run that excludes the scheduled one is still active.")]
    public OverlapPolicy Overlap { get; init; } = OverlapPolicy.Skip;

    [Description("Whether it starts nothing until it is resumed.")]
    public bool IsPaused { get; init; }
}

/// <summary>A schedule, the times it comes to next and what became of the last ones.</summary>
internal sealed record ScheduleView(Schedule Schedule, IReadOnlyList<DateTime> NextTimes, IReadOnlyList<ScheduleFire> LastTimes);
