using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Polly;
using Polly.Retry;

namespace Tradepost.Storage.Retrying;

/// <summary>How what failed for a passing reason is tried again: how often, and how long it is left alone in between.</summary>
/// <param name="MaxAttempts">Attempts in all, the first included.</param>
/// <param name="FirstPause">The longest wait before the second attempt; it doubles from attempt to attempt.</param>
/// <param name="LongestPause">The most it grows to.</param>
public sealed record RetryPolicy(int MaxAttempts, TimeSpan FirstPause, TimeSpan LongestPause)
{
    private const int MostDoublings = 30;
    private const int Steps = 1 << 20;

    /// <summary>The attempts of a run: three, after 5 and 10 seconds.</summary>
    public static RetryPolicy Default { get; } = new(3, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5));

    /// <summary>One attempt: for work that must not be repeated without somebody's decision.</summary>
    public static RetryPolicy Never { get; } = new(1, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>The share of each pause that chance takes away, from 0 to 1, so that many processes do not come back in step.</summary>
    public double Jitter { get; init; }

    /// <summary>Tries until it is done or stopped, ever <paramref name="pause"/> apart.</summary>
    public static RetryPolicy Endless(TimeSpan pause) => Endless(pause, pause);

    /// <summary>Tries until it is done or stopped.</summary>
    public static RetryPolicy Endless(TimeSpan firstPause, TimeSpan longestPause) => new(int.MaxValue, firstPause, longestPause);

    /// <summary>The wait after an attempt, which is counted from 1.</summary>
    public TimeSpan PauseAfter(int attempt)
    {
        var pause = FirstPause * Math.Pow(2, Math.Clamp(attempt - 1, 0, MostDoublings));
        var most = pause < LongestPause ? pause : LongestPause;
        return Jitter > 0 ? most * (1 - (Jitter * RandomNumberGenerator.GetInt32(Steps) / Steps)) : most;
    }

    /// <summary>Does the work, as often as it takes and the policy allows; the last failure is thrown as it came.</summary>
    /// <param name="operation">What the metric of retries calls it, as <c>postgres.open</c>.</param>
    /// <param name="work">Begins anew at each call.</param>
    /// <param name="isPassing">Whether a failure may be gone the next time; asked after each.</param>
    /// <param name="onRetry">Told before each pause.</param>
    /// <param name="time">Of the pauses.</param>
    /// <param name="cancellationToken">Ends a pause as well as the work.</param>
    public async Task<T> RunAsync<T>(
        string operation,
        Func<CancellationToken, Task<T>> work,
        Func<Exception, bool> isPassing,
        Action<Retry>? onRetry,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        // What succeeds at once, as nearly all does, has no use for a pipeline; else the first failure is the first that the pipeline sees.
        ExceptionDispatchInfo? first;
        try
        {
            return await work(cancellationToken);
        }
        catch (Exception e) when (MaxAttempts > 1 && isPassing(e))
        {
            first = ExceptionDispatchInfo.Capture(e);
        }

        return await PipelineOf(operation, isPassing, onRetry, time)
            .ExecuteAsync(
                async token =>
                {
                    Interlocked.Exchange(ref first, null)?.Throw();
                    return await work(token);
                },
                cancellationToken
            );
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(
        string operation,
        Func<CancellationToken, Task> work,
        Func<Exception, bool> isPassing,
        Action<Retry>? onRetry,
        TimeProvider time,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            operation,
            async token =>
            {
                await work(token);
                return true;
            },
            isPassing,
            onRetry,
            time,
            cancellationToken
        );

    private ResiliencePipeline PipelineOf(string operation, Func<Exception, bool> isPassing, Action<Retry>? onRetry, TimeProvider time) =>
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(
                new RetryStrategyOptions
                {
                    MaxRetryAttempts = MaxAttempts == int.MaxValue ? int.MaxValue : MaxAttempts - 1,
                    ShouldHandle = failed => ValueTask.FromResult(failed.Outcome.Exception is { } e && isPassing(e)),
                    DelayGenerator = failed => ValueTask.FromResult<TimeSpan?>(PauseAfter(failed.AttemptNumber + 1)),
                    OnRetry = failed =>
                    {
                        StorageMetrics.OnRetry(operation);
                        onRetry?.Invoke(new Retry(failed.AttemptNumber + 1, failed.Outcome.Exception!, failed.RetryDelay));
                        return default;
                    },
                }
            )
            .Build();
}
