using Tradepost.Trading.Collecting;
using Tradepost.Trading.Filing;

namespace Tradepost.Trading.Writing;

/// <summary>Where a log is moved to: the store, files, or both, each at its own pace.</summary>
internal sealed class LogWriters(StoreWriter? store, FileWriter? files) : IDisposable
{
    /// <summary>The position before which everything is where it belongs.</summary>
    public long Position => Math.Min(store?.Position ?? long.MaxValue, files?.Position ?? long.MaxValue);

    /// <summary>Records that reached the store; without one, files.</summary>
    public long Written => store?.Written ?? files?.Written ?? 0;

    public string? Failure => store?.Failure ?? files?.Failure;

    /// <summary>How long quotes were on their way to the store; null without one.</summary>
    public LagCounts? Lag => store?.Lag;

    /// <summary>The same from the exchange's time on.</summary>
    public LagCounts? Age => store?.Age;

    /// <summary>Ends when one of them fails; both end with the token.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task> running = [];
        running.AddRange(store is null ? [] : [store.RunAsync(stopping.Token)]);
        running.AddRange(files is null ? [] : [files.RunAsync(stopping.Token)]);
        var ended = await Task.WhenAny(running);
        if (!ended.IsCompletedSuccessfully)
        {
            await stopping.CancelAsync();
        }

        await Task.WhenAll(running);
    }

    /// <summary>What is there is written at once.</summary>
    public void Hurry() => files?.Hurry();

    public void Dispose()
    {
        store?.Dispose();
        files?.Dispose();
    }
}
