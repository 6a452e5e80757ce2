using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tradepost.Serving.Health;

namespace Tradepost.Serving.Errors;

/// <summary>Around everything: gives what was thrown, and every bare error status, the one shape of errors.</summary>
internal sealed partial class ErrorBoundary(RequestDelegate next, StoreHealth health, TimeProvider time, ILogger<ErrorBoundary> logger)
{
    private const int ClientClosedRequest = 499;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentType: null })
            {
                await WriteAsync(context, Problems.Of(context));
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = ClientClosedRequest; // for the log: nobody is there to read it
            }
        }
#pragma warning disable CA1031 // The last place before the server's own: whatever it is becomes a sentence and a status.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            await HandleAsync(context, thrown);
        }
    }

    private async Task HandleAsync(HttpContext context, Exception thrown)
    {
        var problem = Problems.Find(thrown);
        if (problem is null)
        {
            LogUnforeseen(thrown, context.Request.Method, context.Request.Path, context.TraceIdentifier);
            problem = Problems.Unforeseen(context.TraceIdentifier);
        }
        else if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            health.Suspect();
        }

        if (context.Response.HasStarted)
        {
            context.Abort(); // a half-sent answer must not look complete
            return;
        }

        context.Response.Headers.ContentType = default;
        context.Response.ContentLength = null;
        await WriteAsync(context, problem);
    }

    private async Task WriteAsync(HttpContext context, Problem problem)
    {
        var response = context.Response;
        response.StatusCode = problem.Status;
        if (problem.RetryAfter is { } pause)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(pause.TotalSeconds)).ToString();
        }

        response.ContentType = ErrorBody.MediaType;
        var body = ErrorBody.Write(problem, time);
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, CancellationToken.None);
    }

    [LoggerMessage(LogLevel.Error, "Answering {Method} {Path} failed, request {RequestId}")]
    private partial void LogUnforeseen(Exception thrown, string method, string path, string requestId);
}
