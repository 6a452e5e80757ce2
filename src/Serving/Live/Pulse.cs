namespace Tradepost.Serving.Live;

/// <summary>Wakes all who wait for the next news at once. Nothing is kept for those who do not wait.</summary>
internal sealed class Pulse
{
    private volatile TaskCompletionSource next = Create();

    /// <summary>Completes with the next beat; taken before looking for what is new, so that none is missed.</summary>
    public Task Next => next.Task;

    public void Beat() => Replace().SetResult();

    /// <summary>Ends the waiting of all with an error.</summary>
    public void Fail(Exception error) => Replace().SetException(error);

    private TaskCompletionSource Replace() => Interlocked.Exchange(ref next, Create());

    private static TaskCompletionSource Create()
    {
        var created = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = created.Task.ContinueWith(
            task => task.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default
        ); // perhaps nobody waits
        return created;
    }
}
