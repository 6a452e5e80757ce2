namespace Tradepost.Jobs.Queue;

internal static class SignalExtensions
{
    /// <summary>Waits for a signal taken before, at most for a time.</summary>
    public static async Task WaitAtMostAsync(this Task signal, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(signal, Task.Delay(limit, time, end.Token));
        await end.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }
}
