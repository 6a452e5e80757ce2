namespace Tradepost.Streams.Drains;

/// <summary>A place that a log is moved to. For one drain, which calls it from one thread at a time.</summary>
/// <param name="log">The log that is moved.</param>
public abstract class LogSink(DurableLog log) : IDisposable
{
    /// <summary>The name of its reader of the log; each sink of a log has another.</summary>
    public abstract string Name { get; }

    /// <summary>How many records are worth a write of their own while more are in the log.</summary>
    public virtual int Enough => 1;

    /// <summary>The most records of one write.</summary>
    public virtual int Most => int.MaxValue;

    /// <summary>So many records at the end of the log are written without a pause behind them.</summary>
    public virtual int Many => int.MaxValue;

    /// <summary>Why it takes nothing while a write waits for it; null when it does.</summary>
    public virtual string? Failure => null;

    /// <summary>The sentence that is logged when it takes rows again.</summary>
    public abstract string Back { get; }

    /// <summary>From where on its reader holds the log before the sink is open.</summary>
    public virtual long Begin => log.First;

    /// <summary>Whether a failure means that the place is away: then the log waits for it.</summary>
    public abstract bool IsAway(Exception failure);

    /// <summary>What is wrong, in a sentence without credentials.</summary>
    public virtual string Problem(Exception failure) => failure.Message;

    /// <summary>The sentence that is logged when it takes nothing any more.</summary>
    public abstract string Away(string problem);

    /// <summary>Connects; called again after each failure.</summary>
    /// <returns>The position to go on from: everything before it is there.</returns>
    public abstract Task<long> OpenAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Writes rows and the position behind them, so that neither is there without the other once the sink is opened again.
    /// </summary>
    /// <param name="rows">Cleared when the call has returned.</param>
    /// <param name="next">The position behind them.</param>
    public abstract Task WriteAsync(LogRows rows, long next, CancellationToken cancellationToken);

    /// <summary>Ends what <see cref="OpenAsync"/> began, whatever happened since.</summary>
    public virtual ValueTask CloseAsync() => ValueTask.CompletedTask;

    /// <summary>The log that is moved.</summary>
    protected DurableLog Log => log;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go what it holds from its making on.</summary>
    protected virtual void Dispose(bool disposing) { }
}
