using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Tradepost.Storage.Retrying;

/// <summary>
/// What every request that leaves the process goes through: a limit for each attempt, and further attempts. What never reached the server
/// is sent again, whatever it is; what may have reached it only when it is a GET. A server that says how long it wants to be left alone is.
/// </summary>
public static class ResilientHttp
{
    private const HttpStatusCode Banned = (HttpStatusCode)418; // Binance's word for an address that went on after a 429

    /// <summary>A handler around the one that sends.</summary>
    /// <param name="operation">What the metric of retries calls it, as <c>clickhouse.request</c>.</param>
    /// <param name="inner">Sends an attempt; it is disposed with the handler.</param>
    /// <param name="policy">How often, and how long in between where the server does not say.</param>
    /// <param name="limit">Of an attempt; infinite where the caller keeps one.</param>
    /// <param name="onRetry">Told before each pause.</param>
    /// <param name="time">Of pauses and limits.</param>
    public static HttpMessageHandler Over(
        string operation,
        HttpMessageHandler inner,
        RetryPolicy policy,
        TimeSpan limit,
        Action<Retry>? onRetry,
        TimeProvider time
    )
    {
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time };
        if (policy.MaxAttempts > 1)
        {
            pipeline.AddRetry(
                new RetryStrategyOptions<HttpResponseMessage>
                {
                    MaxRetryAttempts = policy.MaxAttempts == int.MaxValue ? int.MaxValue : policy.MaxAttempts - 1,
                    ShouldHandle = failed => ValueTask.FromResult(MayRepeat(failed.Outcome, failed.Context.GetRequestMessage())),
                    DelayGenerator = failed =>
                        ValueTask.FromResult<TimeSpan?>(Asked(failed.Outcome.Result, time) ?? policy.PauseAfter(failed.AttemptNumber + 1)),
                    OnRetry = failed =>
                    {
                        StorageMetrics.OnRetry(operation);
                        onRetry?.Invoke(new Retry(failed.AttemptNumber + 1, ReasonOf(failed.Outcome), failed.RetryDelay));
                        return default;
                    },
                }
            );
        }

        if (limit != Timeout.InfiniteTimeSpan)
        {
            pipeline.AddTimeout(limit);
        }

        return new ResilienceHandler(pipeline.Build()) { InnerHandler = inner };
    }

    private static bool MayRepeat(Outcome<HttpResponseMessage> outcome, HttpRequestMessage? request) =>
        NeverArrived(outcome.Exception)
        || (
            request?.Method == HttpMethod.Get
            && (
                outcome.Exception is HttpRequestException or TimeoutRejectedException
                || (outcome.Result is { } answer && IsPassing(answer.StatusCode))
            )
        );

    // The socket itself failed: a refusal of our own, or of a certificate, would come again.
    private static bool NeverArrived(Exception? failure) =>
        failure
            is HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError,
                InnerException: SocketException
            };

    private static bool IsPassing(HttpStatusCode status) =>
        status is >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or Banned;

    private static TimeSpan? Asked(HttpResponseMessage? answer, TimeProvider time)
    {
        var asked = answer?.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - time.GetUtcNow() : null;
        return asked > TimeSpan.Zero ? asked : null;
    }

    private static Exception ReasonOf(Outcome<HttpResponseMessage> outcome) =>
        outcome.Exception
        ?? new HttpRequestException($"the answer was {(int)outcome.Result!.StatusCode}", inner: null, outcome.Result.StatusCode);
}
