using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Storage.Failures;

namespace Tradepost.Serving.Errors;

/// <summary>The only place that says which response a kind of failure, a driver's exception or a bare status becomes.</summary>
internal static class Problems
{
    public static readonly TimeSpan StorePause = TimeSpan.FromSeconds(2);

    /// <summary>The problem that an exception means, or null when nobody foresaw it.</summary>
    public static Problem? Find(Exception thrown) =>
        thrown switch
        {
            ApiException e => e.Problem,
            WrongArgumentException e => ApiException.Invalid(e.Field, e.Message, e.Allowed).Problem,
            ForeseenException e when StatusOf(e.Kind) is { } status => new Problem(status, e.Answer, e.AnswerDetails),
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

    /// <summary>The status of a kind; null where the fault is not the caller's.</summary>
    private static int? StatusOf(FailureKind kind) =>
        kind switch
        {
            FailureKind.NotAllowed => 403,
            FailureKind.NotFound or FailureKind.WrongName => 404,
            FailureKind.Conflict => 409,
            FailureKind.WrongValue or FailureKind.TooMuch => 422,
            _ => null,
        };

    private static string Sentence(int status, long? limit) =>
        status switch
        {
            400 => "The request cannot be understood.",
            401 => "A bearer token is needed; POST /api/v1/auth/token gives one.",
            403 => "Your role does not allow this.",
            408 => "The request took too long to arrive.",
            413 => limit is null ? "The body is too large." : $"The body is too large; at most {limit} bytes are read.",
            414 => "The address is too long; at most 8192 bytes of request line are read.",
            415 => "The body must be JSON: Content-Type: application/json.",
            429 => "Too many requests; slow down.",
            431 => "The headers are too large; at most 16384 bytes in at most 100 headers are read.",
            505 => "This version of HTTP is not understood; 1.0, 1.1 and 2 are.",
            503 => "The request could not be answered in time; try again later.",
            _ => $"The request ended with status {status}.",
        };

    private static string Shown(PathString path)
    {
        const int most = 200;
        var text = path.ToUriComponent();
        return text.Length <= most ? text : text[..most] + "…";
    }
}

/// <summary>What an error response says.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Message">One sentence, without secrets.</param>
/// <param name="Details">The field, what is allowed, the run that is in the way.</param>
/// <param name="RetryAfter">When to try again, where that helps.</param>
internal sealed record Problem(
    int Status,
    string Message,
    IReadOnlyDictionary<string, object>? Details = null,
    TimeSpan? RetryAfter = null
);
