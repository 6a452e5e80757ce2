using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Tradepost.Learning.Numerics;

/// <summary>
/// Threads that stay for a whole fit and meet thousands of times: they wait for each other by spinning, which takes a microsecond where
/// waking a thread takes ten. Who has spun for long goes to sleep, since on a busy machine the others need the processor. The caller is
/// worker 0; running a work allocates nothing. For use by one caller at a time.
/// </summary>
internal sealed class WorkTeam : IDisposable
{
    private static readonly long LongestSpin = Stopwatch.Frequency / 20_000;

    private readonly object bed = new();
    private readonly Thread[] threads;
    private readonly Func<bool> isFinished;
    private readonly Action<int> takeParts;
    private int sleepers;
    private Action<int>? work;
    private Action<int, int>? part;
    private int parts;
    private int next;
    private Exception? failure;
    private int round;
    private int finished;
    private int arrived;
    private int phase;
    private bool ended;

    public WorkTeam(int size)
    {
        Size = size;
        isFinished = () => Volatile.Read(ref finished) == Size;
        takeParts = TakeParts;
        threads = new Thread[size - 1];
        for (var i = 0; i < threads.Length; i++)
        {
            var worker = i + 1;
            threads[i] = new Thread(() => Serve(worker)) { IsBackground = true, Name = "fit" };
            threads[i].Start();
        }
    }

    public int Size { get; }

    /// <summary>Runs the work as each worker and waits for all.</summary>
    /// <exception cref="InvalidOperationException">A worker threw; what it threw is the inner exception. The team is of no more
    /// use.</exception>
    /// <exception cref="OperationCanceledException">A worker was cancelled; the team is of no more use.</exception>
    public void Run(Action<int> action)
    {
        work = action;
        finished = 0;
        Volatile.Write(ref round, round + 1);
        Wake();
        Do(0);
        Wait(isFinished);
        if (failure is OperationCanceledException cancelled)
        {
            ExceptionDispatchInfo.Throw(cancelled);
        }

        if (failure is { } thrown)
        {
            throw new InvalidOperationException("A worker of the fit failed.", thrown);
        }
    }

    /// <summary>
    /// Calls <paramref name="action"/> with each part from 0 and the worker that does it. Parts are taken in order by whoever is free, so
    /// what a part computes must not depend on who does it.
    /// </summary>
    /// <exception cref="InvalidOperationException">A part threw, which is the inner exception; the team is of no more use.</exception>
    public void Run(int count, Action<int, int> action)
    {
        if (Size == 1 || count <= 1)
        {
            for (var i = 0; i < count; i++)
            {
                action(i, 0);
            }

            return;
        }

        (part, parts, next) = (action, count, 0);
        Run(takeParts);
    }

    /// <summary>Waits until all workers are here; for use within the work, by all of them.</summary>
    public void Meet()
    {
        var current = Volatile.Read(ref phase);
        if (Interlocked.Increment(ref arrived) == Size)
        {
            Volatile.Write(ref arrived, 0);
            Volatile.Write(ref phase, current + 1);
            Wake();
            return;
        }

        Wait(() => Volatile.Read(ref phase) != current || Volatile.Read(ref failure) is not null);
        if (Volatile.Read(ref phase) == current)
        {
            throw new OperationCanceledException("Another worker failed.");
        }
    }

    public void Dispose()
    {
        Volatile.Write(ref ended, true);
        Wake();
        foreach (var thread in threads)
        {
            thread.Join();
        }
    }

    private void Wait(Func<bool> isReached)
    {
        var began = Stopwatch.GetTimestamp();
        while (!isReached())
        {
            if (Stopwatch.GetTimestamp() - began > LongestSpin)
            {
                Sleep(isReached);
                return;
            }

            Thread.SpinWait(10);
        }
    }

    private void Sleep(Func<bool> isReached)
    {
        lock (bed)
        {
            // Said before the last look: whoever changes something after it sees a sleeper.
            Interlocked.Increment(ref sleepers);
            while (!isReached())
            {
                Monitor.Wait(bed);
            }

            Interlocked.Decrement(ref sleepers);
        }
    }

    /// <summary>Called after each change that somebody may wait for.</summary>
    private void Wake()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref sleepers) > 0)
        {
            lock (bed)
            {
                Monitor.PulseAll(bed);
            }
        }
    }

    private void Serve(int worker)
    {
        var done = 0;
        Func<bool> isCalled = () => Volatile.Read(ref round) != done || Volatile.Read(ref ended);
        for (; ; done++)
        {
            Wait(isCalled);
            if (Volatile.Read(ref round) == done)
            {
                return;
            }

            Do(worker);
        }
    }

    private void TakeParts(int worker)
    {
        for (var i = Interlocked.Increment(ref next) - 1; i < parts && failure is null; i = Interlocked.Increment(ref next) - 1)
        {
            part!(i, worker);
        }
    }

    private void Do(int worker)
    {
        try
        {
            work!(worker);
        }
        catch (Exception e)
        {
            // Run throws it again; the first one is the cause.
            Interlocked.CompareExchange(ref failure, e, null);
        }
        finally
        {
            Interlocked.Increment(ref finished);
            Wake();
        }
    }
}
