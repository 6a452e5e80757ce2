using Tradepost.Jobs.Queue;

namespace Tradepost.Jobs.Workers;

/// <summary>A claim that is being worked on, and the token that ends the work.</summary>
internal sealed class Lease(Claim claim, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private bool isDisposed;
    private long renewed = time.GetTimestamp();

    public Claim Claim { get; } = claim;

    public CancellationToken Token => stop.Token;

    public StopReason Reason { get; private set; }

    /// <summary>Time since the store was last known to hold the lease, on the clock that never jumps.</summary>
    public TimeSpan Age => time.GetElapsedTime(Volatile.Read(ref renewed));

    public void Renew(long timestamp) => Volatile.Write(ref renewed, timestamp);

    /// <summary>Ends the work; the first reason stays.</summary>
    public void Stop(StopReason reason)
    {
        lock (gate)
        {
            if (Reason != StopReason.None || isDisposed)
            {
                return;
            }

            Reason = reason;
            stop.Cancel(); // within the lock: the work may end, and this be disposed, at any moment
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            stop.Dispose();
        }
    }
}
