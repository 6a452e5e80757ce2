using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Tradepost.Learning.Regression.Trees;

/// <summary>
/// Threads that stay for a whole fit and meet thousands of times: they wait for each other by spinning, which takes a microsecond where
/// waking a thread takes ten. Who has spun for long goes to sleep, since on a busy machine the others need the processor. The caller is worker 0.
/// </summary>
internal sealed class WorkTeam : IDisposable
{
    private static readonly long LongestSpin = Stopwatch.Frequency / 20_000;

    private readonly object bed = new();
    private readonly Thread[] threads;
    private int sleepers;
    private Action<int>? work;
    private Exception? failure;
    private int round;
    private int finished;
    private int arrived;
    private int phase;
    private bool ended;

    public WorkTeam(int size)
    {
        Size = size;
        threads = new Thread[size - 1];
        for (var i = 0; i < threads.Length; i++)
        {
            var worker = i + 1;
            threads[i] = new Thread(() => Serve(worker)) { IsBackground = true, Name = "tree worker" };
            threads[i].Start();
        }
    }

    public int Size { get; }

    /// <summary>Runs the work as each worker and waits for all.</summary>
    /// <exception cref="InvalidOperationException">A worker threw; what it threw is the inner exception. The team is of no more use.</exception>
    /// <exception cref="OperationCanceledException">A worker was cancelled; the team is of no more use.</exception>
    public void Run(Action<int> action)
    {
        work = action;
        finished = 0;
        Volatile.Write(ref round, round + 1);
        Wake();
        Do(0);
        Wait(() => Volatile.Read(ref finished) == Size);
        if (failure is OperationCanceledException cancelled)
        {
            ExceptionDispatchInfo.Throw(cancelled);
        }

        if (failure is { } thrown)
        {
            throw new InvalidOperationException("A worker of the fit failed.", thrown);
        }
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
        for (var done = 0; ; done++)
        {
            var seen = done;
            Wait(() => Volatile.Read(ref round) != seen || Volatile.Read(ref ended));
            if (Volatile.Read(ref round) == seen)
            {
                return;
            }

            Do(worker);
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
