namespace Tradepost.Learning.Clicks.Network;

/// <summary>
/// Threads that do the parts of one work together with the caller, again and again, without allocating. Parts are taken in order by
/// whoever is free, so what a part computes must not depend on who does it. For use by one caller at a time.
/// </summary>
internal sealed class WorkerTeam : IDisposable
{
    private const int SpinsBeforeSleep = 2000;

    private readonly Thread[] threads;
    private readonly SemaphoreSlim work = new(0);
    private readonly ManualResetEventSlim done = new(false, SpinsBeforeSleep);
    private Action<int, int>? part;
    private Exception? failure;
    private int parts;
    private int next;
    private int busy;
    private volatile bool isStopping;

    /// <summary>Starts the threads.</summary>
    /// <param name="count">Threads in all, with the caller's; at least 1.</param>
    public WorkerTeam(int count)
    {
        threads = new Thread[count - 1];
        for (var i = 0; i < threads.Length; i++)
        {
            var number = i + 1;
            threads[i] = new Thread(() => Serve(number)) { IsBackground = true, Name = "clicks" };
            threads[i].Start();
        }
    }

    public int Count => threads.Length + 1;

    /// <summary>Calls <paramref name="action"/> with each part from 0 and the number of the thread that does it, and returns when all are done.</summary>
    public void Run(int count, Action<int, int> action)
    {
        if (threads.Length == 0 || count <= 1)
        {
            for (var i = 0; i < count; i++)
            {
                action(i, 0);
            }

            return;
        }

        (part, parts, failure) = (action, count, null);
        Volatile.Write(ref next, 0);
        Volatile.Write(ref busy, threads.Length);
        done.Reset();
        work.Release(threads.Length);
        TakeParts(0);
        done.Wait();
        if (failure is { } thrown)
        {
            throw new InvalidOperationException("A part of the computation failed.", thrown);
        }
    }

    public void Dispose()
    {
        if (isStopping)
        {
            return;
        }

        isStopping = true;
        if (threads.Length > 0)
        {
            work.Release(threads.Length);
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }

        work.Dispose();
        done.Dispose();
    }

    private void Serve(int number)
    {
        while (true)
        {
            work.Wait();
            if (isStopping)
            {
                return;
            }

            TakeParts(number);
            if (Interlocked.Decrement(ref busy) == 0)
            {
                done.Set();
            }
        }
    }

    private void TakeParts(int number)
    {
        try
        {
            for (var i = Interlocked.Increment(ref next) - 1; i < parts; i = Interlocked.Increment(ref next) - 1)
            {
                part!(i, number);
            }
        }
        catch (Exception e)
        {
            // The caller throws the first one; what has not begun is left out.
            Interlocked.CompareExchange(ref failure, e, null);
            Volatile.Write(ref next, int.MaxValue / 2);
        }
    }
}
