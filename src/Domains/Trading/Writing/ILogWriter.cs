namespace Tradepost.Trading.Writing;

/// <summary>Moves a log to one place, at its own pace, and goes on by itself when that place was away.</summary>
internal interface ILogWriter : IDisposable
{
    /// <summary>The position before which everything is there.</summary>
    long Position { get; }

    /// <summary>What got there.</summary>
    MovedRecords Written { get; }

    /// <summary>Why the place takes nothing now; null when it does.</summary>
    string? Failure { get; }

    /// <summary>Writes until the log is closed and read to its end, or the token ends it.</summary>
    Task RunAsync(CancellationToken cancellationToken);

    /// <summary>Gathers no longer: what is there is written at once.</summary>
    void Hurry();
}
