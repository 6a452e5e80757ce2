using Tradepost.Advertising.Knowledge;
using Tradepost.Storage;

namespace Tradepost.Advertising.Features;

/// <summary>The marks of accounts as the store has them, asked for at most so often. Thread-safe.</summary>
internal sealed class CurrentMarks(Store store, TimeProvider clock) : IDisposable
{
    /// <summary>How long another process may have learned something before it is seen here.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim turn = new(1);
    private (long At, IReadOnlyDictionary<string, string> Marks)? read;

    /// <summary>The mark of an account; null where nothing was ever learned of it.</summary>
    public async Task<string?> FindAsync(string account, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (read is not { } known || clock.GetElapsedTime(known.At) >= Bound)
            {
                var at = clock.GetTimestamp(); // before the look: what is written meanwhile is seen by the next
                await using var connection = await store.OpenAsync(cancellationToken);
                read = known = (at, await AccountMarks.ReadAsync(connection, cancellationToken));
            }

            return known.Marks.GetValueOrDefault(account);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();
}
