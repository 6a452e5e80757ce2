using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Tradepost.Storage.Embedded;

/// <summary>Interrupts a connection's query when a token is cancelled or a time limit passes, for as long as it is not disposed.</summary>
/// <remarks>DuckDB forgets an interrupt that comes before the query has started, so it is repeated until the query has ended.</remarks>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly DuckDBNativeConnection connection;
    private readonly int timeoutSeconds;
    private readonly CancellationToken token;
    private readonly Lock guard = new();
    private readonly CancellationTokenRegistration onCancelled;
    private readonly Timer? limit;
    private Timer? repeating;
    private bool isOver;
    private volatile bool isLate;

    private Interruption(DuckDBNativeConnection connection, int timeoutSeconds, CancellationToken token)
    {
        (this.connection, this.timeoutSeconds, this.token) = (connection, timeoutSeconds, token);
        onCancelled = token.UnsafeRegister(static state => ((Interruption)state!).Begin(), this); // the state is this
        if (timeoutSeconds > 0)
        {
            limit = new Timer(
                static state => ((Interruption)state!).Expire(),
                this,
                TimeSpan.FromSeconds(timeoutSeconds),
                Timeout.InfiniteTimeSpan
            );
        }
    }

    /// <summary>Null when nothing can interrupt: the common call without a limit pays nothing.</summary>
    public static Interruption? Start(DuckDBNativeConnection connection, int timeoutSeconds, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        return timeoutSeconds > 0 || token.CanBeCanceled ? new Interruption(connection, timeoutSeconds, token) : null;
    }

    /// <summary>What a failure of DuckDB.NET is to the caller: an interrupt that was asked for is a cancellation or a time-out.</summary>
    public static Exception Explain(Exception failure, Interruption? interruption) =>
        failure switch
        {
            // DuckDB.NET tells an interrupt so, whoever asked for it.
            OperationCanceledException => interruption?.Requested(failure)
                ?? new EmbeddedException("INTERRUPT Error: Interrupted!", DuckDBErrorType.Interrupt, failure),
            DuckDBException error => Explain(EmbeddedException.Of(error), interruption),
            EmbeddedException { ErrorType: DuckDBErrorType.Interrupt } => interruption?.Requested(failure) ?? failure,
            _ => failure,
        };

    public void Dispose()
    {
        lock (guard)
        {
            isOver = true;
        }

        onCancelled.Dispose();
        limit?.Dispose();
        repeating?.Dispose();
    }

    private Exception? Requested(Exception failure) =>
        token.IsCancellationRequested ? new OperationCanceledException("The query was cancelled.", failure, token)
        : isLate
            ? new EmbeddedException(
                $"The query was interrupted after CommandTimeout, {timeoutSeconds} s; raise it, or set it to 0 for no limit.",
                DuckDBErrorType.Interrupt,
                failure
            )
        : null;

    private void Expire()
    {
        isLate = true;
        Begin();
    }

    private void Begin()
    {
        lock (guard)
        {
            if (!isOver)
            {
                repeating ??= new Timer(static state => ((Interruption)state!).Interrupt(), this, TimeSpan.Zero, Pause);
            }
        }
    }

    private void Interrupt()
    {
        lock (guard)
        {
            if (!isOver)
            {
                connection.Interrupt();
            }
        }
    }
}
