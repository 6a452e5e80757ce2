using System.Collections.Concurrent;

namespace Tradepost.App.Users.SignIns;

/// <summary>
/// Counts failed sign-ins, for e-mails that exist and that do not alike. A client that fails again and again with one e-mail
/// is locked out of it; so nobody can lock out somebody else, who comes from another place. An e-mail that is tried from
/// everywhere lets in only clients that have signed in with it before, and a client that tries many e-mails is locked out of all.
/// </summary>
internal sealed class SignInThrottle(TimeProvider time)
{
    public const int MostForPair = 5;
    public const int MostForEmail = 100;
    public const int MostForClient = 50;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private const int MostCounters = 100_000;

    private readonly ConcurrentDictionary<(string Email, string Client), Counter> counters = new();
    private readonly ConcurrentDictionary<(string Email, string Client), byte> known = new();
    private readonly Lock gate = new();
    private readonly Dictionary<(string Email, string Client), int> underway = [];
    private TaskCompletionSource settled = Signal();

    /// <summary>
    /// Begins a try, which counts from now on, before the slow work that it costs: many at once are as few as one after the other.
    /// Where those under way may use up the tries that are left, it waits until they are done.
    /// </summary>
    public async Task<SignInAttempt> BeginAsync(string email, string client, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task change;
            lock (gate)
            {
                if (Wait(email, client) is { } wait)
                {
                    return new SignInAttempt(this, email, client, wait);
                }

                if (HasRoom(email, client))
                {
                    Count(email, client, 1);
                    return new SignInAttempt(this, email, client, wait: null);
                }

                change = settled.Task;
            }

            await change.WaitAsync(cancellationToken);
        }
    }

    /// <summary>A try is over; what came of it was told before.</summary>
    internal void Settle(string email, string client)
    {
        TaskCompletionSource waiting;
        lock (gate)
        {
            Count(email, client, -1);
            (waiting, settled) = (settled, Signal());
        }

        waiting.SetResult();
    }

    /// <summary>How long a client has to wait before its next try with this e-mail; null when it may try.</summary>
    public TimeSpan? Wait(string email, string client)
    {
        var isKnown = known.ContainsKey((email, client));
        return Longest(
            Left((email, client), MostForPair),
            isKnown ? null : Left((email, ""), MostForEmail),
            isKnown ? null : Left(("", client), MostForClient)
        );
    }

    /// <summary>Counts a failure; true when it is the one that locks the client out of the e-mail.</summary>
    public bool Failed(string email, string client)
    {
        Add((email, ""));
        Add(("", client));
        return Add((email, client)) == MostForPair;
    }

    public void Succeeded(string email, string client)
    {
        counters.TryRemove((email, client), out _);
        if (known.Count < MostCounters)
        {
            known[(email, client)] = 0;
        }
    }

    private bool HasRoom(string email, string client) =>
        Taken((email, client)) < MostForPair
        && (known.ContainsKey((email, client)) || (Taken((email, "")) < MostForEmail && Taken(("", client)) < MostForClient));

    private int Taken((string Email, string Client) key) =>
        underway.GetValueOrDefault(key)
        + (counters.TryGetValue(key, out var counter) && counter.Ends > time.GetUtcNow() ? counter.Failures : 0);

    private void Count(string email, string client, int change)
    {
        foreach (var key in (ReadOnlySpan<(string, string)>)[(email, client), (email, ""), ("", client)])
        {
            var count = underway.GetValueOrDefault(key) + change;
            if (count == 0)
            {
                underway.Remove(key);
            }
            else
            {
                underway[key] = count;
            }
        }
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int Add((string Email, string Client) key)
    {
        var now = time.GetUtcNow();
        if (counters.Count >= MostCounters)
        {
            Forget(now);
        }

        return counters
            .AddOrUpdate(
                key,
                _ => new Counter(1, now + Window),
                (_, counter) => counter.Ends <= now ? new Counter(1, now + Window) : counter with { Failures = counter.Failures + 1 }
            )
            .Failures;
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, counter) in counters)
        {
            // When all are young there are too many to keep anyway: the newest guess must not need more memory.
            if (counter.Ends <= now || counters.Count >= MostCounters)
            {
                counters.TryRemove(key, out _);
            }
        }
    }

    private TimeSpan? Left((string Email, string Client) key, int most) =>
        counters.TryGetValue(key, out var counter) && counter.Failures >= most && counter.Ends - time.GetUtcNow() is { Ticks: > 0 } left
            ? left
            : null;

    private static TimeSpan? Longest(params ReadOnlySpan<TimeSpan?> waits)
    {
        TimeSpan? longest = null;
        foreach (var wait in waits)
        {
            longest = wait is not null && (longest is null || wait > longest) ? wait : longest;
        }

        return longest;
    }

    private sealed record Counter(int Failures, DateTimeOffset Ends);
}
