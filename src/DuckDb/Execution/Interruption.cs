using Tradepost.DuckDb.Bindings;

namespace Tradepost.DuckDb.Execution;

/// <summary>
/// Interrupts a connection's query when a token is cancelled or a time limit passes, for as long as it is not disposed.
/// </summary>
/// <remarks>
/// DuckDB forgets an interrupt when the next query starts. So <see cref="ThrowIfRequested"/> is called once right after the
/// start: a request that came before is seen there, a later one reaches the running query.
/// </remarks>
internal sealed class Interruption : IDisposable
{
    private readonly int timeoutSeconds;
    private readonly CancellationToken token;
    private readonly CancellationTokenSource? timer;
    private readonly CancellationTokenRegistration onCancelled;
    private readonly CancellationTokenRegistration onTimeout;

    private Interruption(ConnectionHandle connection, int timeoutSeconds, CancellationToken token)
    {
        this.timeoutSeconds = timeoutSeconds;
        this.token = token;
        onCancelled = token.UnsafeRegister(static state => Interrupt(state), connection);
        if (timeoutSeconds > 0)
        {
            timer = new CancellationTokenSource(TimeSpan.FromSeconds(timeoutSeconds));
            onTimeout = timer.Token.UnsafeRegister(static state => Interrupt(state), connection);
        }
    }

    /// <summary>Null when nothing can interrupt: the common synchronous call without a limit pays nothing.</summary>
    public static Interruption? Start(ConnectionHandle connection, int timeoutSeconds, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        return timeoutSeconds > 0 || token.CanBeCanceled ? new Interruption(connection, timeoutSeconds, token) : null;
    }

    public bool IsRequested => token.IsCancellationRequested || timer is { IsCancellationRequested: true };

    /// <summary>Throws when the token is cancelled or the time limit has passed.</summary>
    public void ThrowIfRequested(DuckDbException? cause = null)
    {
        if (token.IsCancellationRequested)
            throw new OperationCanceledException("The query was cancelled.", cause, token);
        if (timer is { IsCancellationRequested: true })
            throw new DuckDbException($"The query was interrupted after CommandTimeout, {timeoutSeconds} s; raise it, or set it to 0 for no limit.", DuckDbErrorType.Interrupt, cause);
    }

    public void Dispose()
    {
        onCancelled.Dispose();
        onTimeout.Dispose();
        timer?.Dispose();
    }

    private static void Interrupt(object? connection) => OpenConnect.Interrupt((ConnectionHandle)connection!);
}
