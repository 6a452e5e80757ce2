using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tradepost.App.Cli;
using Tradepost.App.Users.Accounts;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Jobs.Alerts;
using Tradepost.Jobs.Rights;
using Tradepost.Jobs.Runs;
using Tradepost.Jobs.Schedules;
using Tradepost.Storage.Queries;
using Tradepost.Training.Registry;

namespace Tradepost.App.Api.Errors;

/// <summary>The only place that says which response an exception, or a bare status, becomes.</summary>
internal static class Problems
{
    public static readonly TimeSpan StorePause = TimeSpan.FromSeconds(2);

    private const int WrongUsage = 2; // the exit code of a job that was asked for something impossible

    /// <summary>The problem that an exception means, or null when nobody foresaw it.</summary>
    public static Problem? Find(Exception thrown) =>
        thrown switch
        {
            ApiException e => e.Problem,
            WrongArgumentException e => ApiException.Invalid(e.Field, e.Message, e.Allowed).Problem,
            JobRightsException e => new Problem(403, e.Message, Details(e)),
            UnknownJobException e => ApiException.NotFound(e.Message, e.Allowed).Problem,
            UnknownRunException or UnknownScheduleException or UnknownAlertRuleException or UnknownModelException => new Problem(
                404,
                thrown.Message
            ),
            ActiveRunException e => new Problem(409, e.Message, Details(e.Active, e.Age)),
            IdempotencyConflictException e => new Problem(
                409,
                $"This Idempotency-Key was used for run {e.Existing.Id} of {e.Existing.Job} with other arguments; use a new one.",
                Details(e.Existing, age: null)
            ),
            RunStateException e => new Problem(409, e.Message, Details(e.Run, age: null)),
            QueryTimeoutException e => ApiException.Invalid("timeout", e.Message).Problem,
            QueryFailedException e => new Problem(
                422,
                e.Message,
                e.Position is { } at
                    ? new Dictionary<string, object> { ["field"] = "sql", ["position"] = at }
                    : new Dictionary<string, object> { ["field"] = "sql" }
            ),
            QueryRefusedException => ApiException.Invalid("sql", thrown.Message).Problem,
            UsageException => new Problem(422, thrown.Message),
            JobFailedException { ExitCode: WrongUsage } => new Problem(422, thrown.Message),
            UserExistsException or LastAdminException => new Problem(409, thrown.Message),
            PromotionRefusedException e => new Problem(409, e.Message, e.Details()),
            BadHttpRequestException e => new Problem(e.StatusCode, Sentence(e.StatusCode, limit: null)),
            AggregateException { InnerExceptions: [var only] } => Find(only),
            _ => StoreFailure.IsExhausted(thrown) ? StoreExhausted
            : StoreFailure.IsPassing(thrown) ? StoreAway
            : null,
        };

    public static Problem StoreAway { get; } =
        new(503, "The store cannot be reached at the moment; try again shortly.", RetryAfter: StorePause);

    public static Problem StoreExhausted { get; } =
        new(503, "The store has no memory left for this at the moment; try again shortly.", RetryAfter: StorePause);

    public static Problem Unforeseen(string requestId) =>
        new(
            500,
            "Something unexpected went wrong; the server's log tells more under this request's id.",
            new Dictionary<string, object> { ["request_id"] = requestId }
        );

    /// <summary>What the server refuses by itself, before there is a request.</summary>
    public static Problem OfServer(int status) => new(status, Sentence(status, limit: null));

    /// <summary>What a status without a body is told as.</summary>
    public static Problem Of(HttpContext context)
    {
        var (status, request) = (context.Response.StatusCode, context.Request);
        var allowed = context.Response.Headers.Allow.ToString();
        return status switch
        {
            404 => new Problem(404, $"There is nothing at {Shown(request.Path)}; /docs lists what there is."),
            405 => new Problem(
                405,
                $"{request.Method} is not possible at {Shown(request.Path)}; possible is {allowed}.",
                new Dictionary<string, object> { ["allowed"] = allowed.Split(", ") }
            ),
            _ => new Problem(status, Sentence(status, context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize)),
        };
    }

    private static Dictionary<string, object> Details(JobRightsException e)
    {
        string[] allowed = e.Needed switch
        {
            AskerRole.Operator => [], // no role of a user does
            AskerRole.Admin => ["admin"],
            _ => ["admin", "analyst"],
        };
        var details = new Dictionary<string, object> { ["role"] = Spelling.Snake(e.Role.ToString()), ["allowed"] = allowed };
        if (e.Field is { } field)
        {
            details["field"] = field;
        }

        return details;
    }

    private static Dictionary<string, object> Details(Run run, TimeSpan? age)
    {
        var details = new Dictionary<string, object> { ["run_id"] = run.Id, ["state"] = run.State };
        if (age is { } known)
        {
            details["age_seconds"] = Math.Round(known.TotalSeconds, 1);
        }

        return details;
    }

    private static string Sentence(int status, long? limit) =>
        status switch
        {
            400 => "The request cannot be understood.",
            401 => "A bearer token is needed; POST /api/v1/auth/token gives one.",
            403 => "Your role does not allow this.",
            408 => "The request took too long to arrive.",
            413 => limit is null
                ? "The body is too large."
                : string.Create(CultureInfo.InvariantCulture, $"The body is too large; at most {limit} bytes are read."),
            414 => "The address is too long; at most 8192 bytes of request line are read.",
            415 => "The body must be JSON: Content-Type: application/json.",
            429 => "Too many requests; slow down.",
            431 => "The headers are too large; at most 16384 bytes in at most 100 headers are read.",
            505 => "This version of HTTP is not understood; 1.0, 1.1 and 2 are.",
            503 => "The request could not be answered in time; try again later.",
            _ => string.Create(CultureInfo.InvariantCulture, $"The request ended with status {status}."),
        };

    private static string Shown(PathString path)
    {
        const int most = 200;
        var text = path.ToUriComponent();
        return text.Length <= most ? text : text[..most] + "…";
    }
}
