using Tradepost.Storage;

namespace Tradepost.Advertising.Events;

/// <summary>Whose turn it is to write events of persons: of all servers of a store, one at a time counts, copies or erases.</summary>
internal static class CountingTurn
{
    public const string Name = "ads.events";

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits for the turn, which is held until it is disposed of.</summary>
    public static async Task<IAsyncDisposable> TakeAsync(Store store, TimeProvider clock, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await store.TryLockAsync(Name, cancellationToken) is { } turn)
            {
                return turn;
            }

            await Task.Delay(BetweenTries, clock, cancellationToken);
        }
    }
}
