using System.Collections.Concurrent;
using DuckDB.NET.Native;

namespace Tradepost.Storage.Embedded;

/// <summary>
/// Rows that are handed to a statement while it runs: whoever has them offers a chunk's worth, and one of the engine's threads fetches it. A thread
/// fetches until it has filled a row group of DuckDB's, and then it is another's turn: that one fetches on while the first compresses, and rows that
/// follow each other stay together, by which queries pass over what they do not ask for.
/// </summary>
internal sealed class RowFeed : IDisposable
{
    private const int RowsOfGroup = 122_880;
    private const int BytesOfValue = 8;

    /// <summary>What row groups may take that are not compressed yet: each thread has one, and they cannot go to disk.</summary>
    private const int BytesOfGroups = 128 << 20;

    /// <summary>After that a turn is given up: a thread that was stopped does not come back.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly ConcurrentDictionary<long, RowFeed> Open = new();
    private static long last;

    private readonly object gate = new();
    private readonly PhysicalType[] physical;
    private readonly Dictionary<int, long> fetched = []; // rows of its row group, by thread
    private Offer? offered;
    private int? turn;
    private bool isOver;
    private Exception? failure;

    /// <summary>A feed of columns, which statements find by its <see cref="Number"/> as long as it is not disposed.</summary>
    /// <param name="columns">What they are called.</param>
    /// <param name="types">Their types; disposed with this.</param>
    public RowFeed(IReadOnlyList<string> columns, IReadOnlyList<DuckDBLogicalType> types)
    {
        (Columns, Types, physical) = (columns, types, [.. types.Select(PhysicalType.Of)]);
        Open[Number] = this;
    }

    public long Number { get; } = Interlocked.Increment(ref last);

    public IReadOnlyList<string> Columns { get; }

    public IReadOnlyList<DuckDBLogicalType> Types { get; }

    /// <summary>How many threads may fetch at once: the wider the rows, the fewer, since memory is the same on a machine of many processors.</summary>
    public int MostThreads => Math.Max(1, BytesOfGroups / (RowsOfGroup * BytesOfValue * Columns.Count));

    /// <summary>The feed of a number; null where it is over.</summary>
    public static RowFeed? Find(long number) => Open.GetValueOrDefault(number);

    /// <summary>Offers up to a chunk of rows; ends when they were fetched, or fails as the statement did.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="fill">Copies them into a chunk, on another thread.</param>
    public Task OfferAsync(int rows, Action<ChunkVectors> fill)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, ChunkVectors.Capacity);
        if (rows == 0)
        {
            return Task.CompletedTask; // a chunk without rows ends a feed
        }

        lock (gate)
        {
            if (failure is not null)
            {
                return Task.FromException(failure);
            }

            offered = new Offer(rows, fill);
            Monitor.PulseAll(gate);
            return offered.Fetched.Task;
        }
    }

    /// <summary>Says that no rows come any more; with a failure the statement fails, too.</summary>
    public void End(Exception? with = null)
    {
        lock (gate)
        {
            (isOver, failure) = (true, failure ?? with);
            if (failure is not null)
            {
                offered?.Fetched.TrySetException(failure);
            }

            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Fetches rows into a chunk, waiting for them; 0 once there are no more.</summary>
    public int Fetch(nint chunk)
    {
        Offer offer;
        lock (gate)
        {
            var thread = Environment.CurrentManagedThreadId;
            while (!isOver && (offered is null || (turn is not null && turn != thread)))
            {
                if (!Monitor.Wait(gate, Patience) && offered is not null)
                {
                    turn = null;
                }
            }

            if (failure is not null)
            {
                throw failure;
            }

            if (offered is null)
            {
                return 0;
            }

            (offer, offered) = (offered, null);
            var rows = fetched.GetValueOrDefault(thread) + offer.Rows;
            fetched[thread] = rows % RowsOfGroup;
            turn = rows < RowsOfGroup ? thread : null;
        }

        try
        {
            var vectors = new ChunkVectors(Columns, physical);
            vectors.Take(chunk);
            offer.Fill(vectors);
        }
        catch (Exception cause)
        {
            End(cause);
            offer.Fetched.TrySetException(cause);
            throw;
        }

        offer.Fetched.TrySetResult();
        return offer.Rows;
    }

    public void Dispose()
    {
        Open.TryRemove(Number, out _);
        foreach (var type in Types)
        {
            type.Dispose();
        }
    }

    private sealed record Offer(int Rows, Action<ChunkVectors> Fill)
    {
        // What waits for it must not run on the engine's thread.
        public TaskCompletionSource Fetched { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
