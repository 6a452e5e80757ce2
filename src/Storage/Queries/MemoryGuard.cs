using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Tradepost.Storage.Queries;

/// <summary>
/// Watches the memory of this process while queries run in it. What a query makes in one step of the engine is bounded before it runs
/// (<see cref="Costs.Estimate"/>); what it heaps up over its steps is not, and DuckDB's own limit does not see all of it. When the
/// process has grown too much the running queries are stopped, and no other begins before the memory is back. What the process took
/// while no query ran was not theirs.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "lives as long as the process or the store's queries; holds no handle that waits"
)]
internal sealed class MemoryGuard
{
    /// <summary>Queries that run at the same time; others wait, as long as their time lasts.</summary>
    private const int MostQueries = 2;

    /// <summary>How much the process may grow over what it took when it was at rest.</summary>
    private const long MostGrowth = 450L << 20;

    /// <summary>
    /// After a query was stopped, a process that has grown less than this is at rest: DuckDB keeps up to 220 MB of what it read.
    /// </summary>
    private const long Settled = 320L << 20;

    /// <summary>How long a query waits for the memory of those before it, before it is refused.</summary>
    private const int Tries = 20;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(150);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(4);

    /// <summary>Memory that is not back after this long belongs to something else.</summary>
    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim free = new(MostQueries);
    private readonly SemaphoreSlim alone = new(1);
    private readonly SemaphoreSlim begun = new(0);
    private readonly Lock gate = new();
    private readonly HashSet<WatchedQuery> running = [];
    private readonly Func<long> read;
    private long atRest;
    private long atEnd;
    private long ended;
    private bool isOwed;
    private bool isWatching;

    public MemoryGuard(Func<long> read) => this.read = read;

    /// <summary>The process's own.</summary>
    public static MemoryGuard Shared { get; } = new(() => ProcessMemory.OfThis());

    /// <summary>Waits for a place, and watches until the query is disposed of.</summary>
    /// <exception cref="QueryRefusedException">The memory that an earlier query took is not back.</exception>
    public Task<WatchedQuery> EnterAsync(CancellationToken cancellationToken) => EnterAsync(places: 1, cancellationToken);

    /// <summary>The same once no other query runs; none begins beside it.</summary>
    public async Task<WatchedQuery> EnterAloneAsync(CancellationToken cancellationToken)
    {
        await alone.WaitAsync(cancellationToken); // two that had a place each would wait for ever
        try
        {
            return await EnterAsync(MostQueries, cancellationToken);
        }
        finally
        {
            alone.Release();
        }
    }

    /// <summary>Stops all queries: something else has no memory left.</summary>
    public void MakeRoom()
    {
        lock (gate)
        {
            foreach (var query in running)
            {
                query.MakeRoom();
            }
        }
    }

    private async Task<WatchedQuery> EnterAsync(int places, CancellationToken cancellationToken)
    {
        var taken = 0;
        try
        {
            for (; taken < places; taken++)
            {
                await free.WaitAsync(cancellationToken);
            }

            await SettleAsync(cancellationToken);
            var query = new WatchedQuery(ended => Leave(ended, places), cancellationToken);
            lock (gate)
            {
                foreach (var other in running)
                {
                    (other.HadCompany, query.HadCompany) = (true, true);
                }

                running.Add(query);
                if (!isWatching)
                {
                    isWatching = true;
                    new Thread(Watch)
                    {
                        IsBackground = true,
                        Name = "memory of queries",
                        Priority = ThreadPriority.AboveNormal,
                    }.Start();
                }
            }

            begun.Release();
            return query;
        }
        catch
        {
            if (taken > 0)
            {
                free.Release(taken);
            }

            throw;
        }
    }

    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; !IsSettled(); i++)
        {
            if (i == Tries)
            {
                throw new QueryRefusedException("The memory that a query took is not free again yet; try again in a few seconds.");
            }

            GC.Collect(GC.MaxGeneration, GCCollectionMode.Optimized, blocking: false);
            await Task.Delay(BetweenTries, TimeProvider.System, cancellationToken);
        }
    }

    private bool IsSettled()
    {
        lock (gate)
        {
            if (running.Count > 0)
            {
                return true;
            }

            var now = read();
            if (ended == 0 || Stopwatch.GetElapsedTime(ended) > MostWait)
            {
                (atRest, isOwed) = (now, false);
            }
            else
            {
                atRest = Math.Min(now, atRest + Math.Max(0, now - atEnd)); // what has come since, others took
                atEnd = now;
                isOwed &= now - atRest >= Settled;
            }

            return !isOwed;
        }
    }

    private void Leave(WatchedQuery query, int places)
    {
        lock (gate)
        {
            running.Remove(query);
            if (running.Count == 0)
            {
                (atEnd, ended) = (read(), Stopwatch.GetTimestamp());
            }
        }

        free.Release(places);
    }

    private void Watch()
    {
        while (StopsWhatGrows())
        {
            begun.Wait(Pause);
        }
    }

    /// <summary>Looks once; false when no query runs any more, and the thread that looks ends.</summary>
    private bool StopsWhatGrows()
    {
        lock (gate)
        {
            isWatching = running.Count > 0;
            if (isWatching && read() - atRest > MostGrowth)
            {
                isOwed = true;
                foreach (var query in running)
                {
                    query.Stop();
                }
            }

            return isWatching;
        }
    }
}
