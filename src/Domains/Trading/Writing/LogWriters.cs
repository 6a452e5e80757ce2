using Tradepost.Trading.Collecting;

namespace Tradepost.Trading.Writing;

/// <summary>Where a log is moved to: the store, files, other databases, each at its own pace. The first is the one that is counted.</summary>
internal sealed class LogWriters(IReadOnlyList<ILogWriter> writers) : IDisposable
{
    private readonly StoreWriter? store = writers.OfType<StoreWriter>().FirstOrDefault();

    /// <summary>The position before which everything is where it belongs.</summary>
    public long Position => writers.Min(writer => writer.Position);

    /// <summary>What reached the store; without one, files.</summary>
    public MovedRecords Written => writers[0].Written;

    public string? Failure => writers.Select(writer => writer.Failure).FirstOrDefault(failure => failure is not null);

    /// <summary>How long quotes were on their way to the store; null without one.</summary>
    public LagCounts? Lag => store?.Lag;

    /// <summary>The same from the exchange's time on.</summary>
    public LagCounts? Age => store?.Age;

    /// <summary>Whether nothing more is to be expected: each has come to a position, or cannot.</summary>
    public bool HaveCome(long position) => writers.All(writer => writer.Position >= position || writer.Failure is not null);

    /// <summary>Ends when one of them fails; all end with the token.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task> running = [.. writers.Select(writer => writer.RunAsync(stopping.Token))];
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
        foreach (var writer in writers)
        {
            writer.Hurry();
        }
    }

    public void Dispose()
    {
        foreach (var writer in writers)
        {
            writer.Dispose();
        }
    }
}
