namespace Tradepost.Streams.Drains;

/// <summary>The drains of one log, each at its own pace.</summary>
/// <param name="drains">At least one; disposed with this.</param>
public sealed class LogDrains(IReadOnlyList<LogDrain> drains) : IDisposable
{
    /// <summary>The position before which everything is where it belongs.</summary>
    public long Position => drains.Min(drain => drain.Position);

    /// <summary>Why one of the sinks takes nothing now; null when all do.</summary>
    public string? Failure => drains.Select(drain => drain.Failure).FirstOrDefault(failure => failure is not null);

    /// <summary>Whether nothing more is to be expected: each has come to a position, or cannot.</summary>
    public bool HaveCome(long position) => drains.All(drain => drain.Position >= position || drain.Failure is not null);

    /// <summary>Ends when one of them fails; all end with the token.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task> running = [.. drains.Select(drain => drain.RunAsync(stopping.Token))];
        var ended = await Task.WhenAny(running);
        if (!ended.IsCompletedSuccessfully)
        {
            await stopping.CancelAsync();
        }

        await Task.WhenAll(running);
    }

    /// <summary>What is there is written at once.</summary>
    public void Hurry()
    {
        foreach (var drain in drains)
        {
            drain.Hurry();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var drain in drains)
        {
            drain.Dispose();
        }
    }
}
