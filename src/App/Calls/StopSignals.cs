namespace Tradepost.App.Calls;

/// <summary>
/// Signals that ask a command to stop. The first is for a clean end; a second one has the system's own effect, when it comes after a pause:
/// process managers and GNU timeout send the same request more than once within milliseconds.
/// </summary>
internal sealed class StopSignals(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly CancellationTokenSource stop = new();
    private long? first;

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => stop.Token;

    /// <summary>Takes a signal; false when it is to have the system's own effect.</summary>
    public bool Take()
    {
        lock (gate)
        {
            if (first is { } began && time.GetElapsedTime(began) >= Pause)
            {
                return false;
            }

            first ??= time.GetTimestamp();
        }

        stop.Cancel();
        return true;
    }

    public void Dispose() => stop.Dispose();
}
