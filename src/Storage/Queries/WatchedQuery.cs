namespace Tradepost.Storage.Queries;

/// <summary>A query whose memory is watched.</summary>
internal sealed class WatchedQuery : IDisposable
{
    private readonly Action<WatchedQuery> leave;
    private readonly CancellationTokenSource stop;
    private volatile bool isOver;
    private volatile bool madeRoom;

    public WatchedQuery(Action<WatchedQuery> leave, CancellationToken cancellationToken)
    {
        this.leave = leave;
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Token = stop.Token;
    }

    /// <summary>Cancelled when the caller's is, or when memory is over.</summary>
    public CancellationToken Token { get; }

    /// <summary>Whether it was stopped because of memory.</summary>
    public bool IsOver => isOver;

    /// <summary>Whether it was stopped because something else needed memory: it may not have been what took it.</summary>
    public bool MadeRoom => madeRoom;

    /// <summary>Whether another query ran at the same time, and may have been what took the memory.</summary>
    public bool HadCompany { get; set; }

    public void Stop()
    {
        isOver = true;
        stop.Cancel();
    }

    public void MakeRoom()
    {
        madeRoom = true;
        Stop();
    }

    public void Dispose()
    {
        leave(this);
        stop.Dispose();
    }
}
