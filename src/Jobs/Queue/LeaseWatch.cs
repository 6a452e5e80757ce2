namespace Tradepost.Jobs.Queue;

/// <summary>
/// Tells leases that nobody renews by this process' own clock, which never jumps: one that has stood unchanged for its whole length
/// while this process looked at it again and again. What the store's clock says does not count.
/// </summary>
internal sealed class LeaseWatch(TimeProvider time, TimeSpan length)
{
    private readonly Lock gate = new();
    private Dictionary<HeldLease, long> seen = [];
    private object? server;
    private long? looked;

    /// <summary>Which of these have run out.</summary>
    /// <param name="held">All leases that are held now.</param>
    /// <param name="start">Which start of the server tells so: while it was down nobody could renew anything.</param>
    public IReadOnlyList<HeldLease> FindExpired(IReadOnlyList<HeldLease> held, object start)
    {
        lock (gate)
        {
            var now = time.GetTimestamp();
            // Whoever slept, or could not reach the store, has not seen what was renewed meanwhile.
            var isContinuous = looked is { } last && time.GetElapsedTime(last, now) < length && Equals(server, start);
            var before = isContinuous ? seen : [];
            (looked, server) = (now, start);
            seen = held.ToDictionary(lease => lease, lease => before.GetValueOrDefault(lease, now));
            return [.. seen.Where(lease => time.GetElapsedTime(lease.Value, now) >= length).Select(lease => lease.Key)];
        }
    }
}

/// <summary>A lease as the store has it; each renewal changes its end.</summary>
internal readonly record struct HeldLease(Guid Run, long Fence, DateTime? Until);
