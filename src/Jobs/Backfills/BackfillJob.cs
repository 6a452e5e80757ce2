using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Tradepost.Arguments;
using Tradepost.Jobs.Runs;

namespace Tradepost.Jobs.Backfills;

/// <summary>Does a job's days that are missing or failed, one after another; asked again it goes on where it was.</summary>
internal static partial class BackfillJob
{
    public const string Name = "jobs.backfill";

    // As a request's body: what comes twice, or lies deep, is refused while it is read.
    private static readonly JsonDocumentOptions Plain = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static JobDefinition Definition { get; } =
        JobDefinition.Of<BackfillOptions, BackfillResult>(Name, "Do the days of a job that are missing or failed.", RunAsync) with
        {
            ConcurrencyKey = options => $"backfill:{((BackfillOptions)options).Job}",
            Timeout = TimeSpan.FromDays(7),
        };

    /// <summary>The job and its arguments but for the interval, checked as they will be when each day starts.</summary>
    public static (JobDefinition Job, JsonObject Arguments) ArgumentsOf(JobCatalogue catalogue, BackfillOptions options)
    {
        var job = catalogue.Get(options.Job);
        JsonNode? given;
        try
        {
            given = JsonNode.Parse(options.Arguments ?? "{}", documentOptions: Plain);
        }
        catch (JsonException e)
        {
            throw new WrongArgumentException(
                "arguments",
                $"arguments is not JSON: {e.Message.Split(" Path:")[0].Split(" LineNumber:")[0]}"
            );
        }

        var arguments = given as JsonObject ?? throw new WrongArgumentException("arguments", "arguments is no JSON object.");
        if (job.Interval is { } interval)
        {
            ArgumentReader.Of(job.Arguments).FromJson(JsonSerializer.SerializeToElement(For(arguments, interval, options.From!.Value)));
        }

        return (job, arguments);
    }

    /// <summary>
    /// The job that the options name and its arguments on their first day; null for one that has no days, which is refused when it is
    /// started.
    /// </summary>
    public static (JobDefinition Job, object Arguments)? FindDay(JobCatalogue catalogue, BackfillOptions options)
    {
        var (job, arguments) = ArgumentsOf(catalogue, options);
        return job.Interval is { } interval
            ? (
                job,
                ArgumentReader.Of(job.Arguments).FromJson(JsonSerializer.SerializeToElement(For(arguments, interval, options.From!.Value)))
            )
            : null;
    }

    /// <summary>The options with the paths among the job's own arguments made absolute.</summary>
    /// <exception cref="WrongArgumentException">A path is not allowed.</exception>
    public static BackfillOptions WithPaths(
        Action<ArgumentReader, object> makeAbsolute,
        BackfillOptions options,
        (JobDefinition Job, object Arguments) day
    )
    {
        if (options.Arguments is null)
        {
            return options;
        }

        var schema = ArgumentReader.Of(day.Job.Arguments);
        makeAbsolute(schema, day.Arguments);
        var absolute = schema.ToJson(day.Arguments);
        var arguments = JsonNode.Parse(options.Arguments)!.AsObject(); // read once before
        foreach (var path in schema.All.Where(argument => argument.IsPath && arguments.ContainsKey(argument.Key)))
        {
            arguments[path.Key] = absolute[path.Key]?.DeepClone();
        }

        return options with
        {
            Arguments = arguments.ToJsonString(ResultJson.Options),
        };
    }

    private static async Task<BackfillResult> RunAsync(BackfillOptions options, JobContext context, CancellationToken cancellationToken)
    {
        var (inner, host) = (context.InnerRuns, context.Host) is ({ } runs, { } process)
            ? (runs, process)
            : throw new InvalidOperationException("A backfill needs runs of its own.");
        var (job, arguments) = ArgumentsOf(host.Catalogue, options);
        var days = await host.Backfills.DaysAsync(job.Name, options.From!.Value, options.To!.Value, cancellationToken);
        var open = days.Where(day => day.State != DayState.Done).Select(day => day.Day).ToList();
        var failed = new List<DateOnly>();
        for (var i = 0; i < open.Count; i++)
        {
            context.Progress.Report(new JobProgress(Show(open[i]), i, open.Count));
            var run = await RunDayAsync(inner, job, For(arguments, job.Interval!, open[i]), context, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            LogDay(
                context.Logger,
                run.State == RunState.Succeeded ? LogLevel.Information : LogLevel.Error,
                open[i],
                run.State,
                run.Id,
                run.Error ?? ""
            );
            if (run.State != RunState.Succeeded)
            {
                failed.Add(open[i]);
            }
        }

        return failed.Count == 0
            ? new BackfillResult(days.Count, days.Count - open.Count, open.Count)
            : throw new JobFailedException(
                $"{failed.Count} of {open.Count} days of {job.Name} failed, the first {Show(failed[0])}; started again, the backfill "
                    + "does only those."
            );
    }

    private static async Task<Run> RunDayAsync(
        IInnerRuns inner,
        JobDefinition job,
        JsonObject arguments,
        JobContext context,
        CancellationToken cancellationToken
    )
    {
        var schema = ArgumentReader.Of(job.Arguments);
        var value = schema.FromJson(JsonSerializer.SerializeToElement(arguments));
        for (var isTold = false; ; isTold = true)
        {
            try
            {
                return await inner.RunAsync(job, value, schema.ToJson(value), cancellationToken);
            }
            catch (ActiveRunException e)
            {
                if (!isTold)
                {
                    LogWaiting(context.Logger, e.Message);
                }

                await Task.Delay(Pause, context.Time, cancellationToken);
            }
        }
    }

    private static JsonObject For(JsonObject arguments, JobInterval interval, DateOnly day)
    {
        var all = arguments.DeepClone().AsObject();
        (all[interval.From], all[interval.To]) = (Show(day), Show(day.AddDays(1)));
        return all;
    }

    private static string Show(DateOnly day) => day.ToString("yyyy-MM-dd");

    [LoggerMessage(Message = "{Day:yyyy-MM-dd}: {State} (run {Run}) {Reason}")]
    private static partial void LogDay(ILogger logger, LogLevel level, DateOnly day, RunState state, Guid run, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Waiting: {Reason}")]
    private static partial void LogWaiting(ILogger logger, string reason);
}
