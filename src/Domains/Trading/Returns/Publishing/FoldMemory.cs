using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Tradepost.Storage;
using Tradepost.Trading.Returns.Walking;

namespace Tradepost.Trading.Returns.Publishing;

/// <summary>Keeps what folds gave in the store, a few of them at a time, so that an interrupted training goes on where it was.</summary>
internal sealed class FoldMemory : IFoldMemory
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(180);

    private readonly Store store;
    private readonly TimeProvider time;
    private readonly Dictionary<string, double[]> known;
    private readonly ConcurrentQueue<(string Fingerprint, double[] Forecasts)> unsaved = new();
    private int found;

    private FoldMemory(Store store, TimeProvider time, Dictionary<string, double[]> known) =>
        (this.store, this.time, this.known) = (store, time, known);

    /// <summary>How many were found.</summary>
    public int Found => found;

    /// <summary>Reads what there is, without what is old.</summary>
    public static async Task<FoldMemory> LoadAsync(Store store, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(
            "DELETE FROM return_work WHERE made_at < @old",
            new { old = time.UtcMoment() - Kept },
            cancellationToken
        );
        var rows = await connection.ReadAsync(
            "SELECT fingerprint, forecasts FROM return_work",
            row => (row.GetString(0), MemoryMarshal.Cast<byte, double>(row.GetFieldValue<byte[]>(1)).ToArray()),
            cancellationToken
        );
        return new FoldMemory(store, time, rows.ToDictionary(row => row.Item1, row => row.Item2));
    }

    public double[]? Find(string fingerprint)
    {
        if (known.TryGetValue(fingerprint, out var forecasts))
        {
            Interlocked.Increment(ref found);
            return forecasts;
        }

        return null;
    }

    public void Keep(string fingerprint, double[] forecasts) => unsaved.Enqueue((fingerprint, forecasts));

    /// <summary>
    /// Does work on other threads, and saves what it keeps as it goes; what was kept stays when it is cancelled or fails.
    /// </summary>
    public async Task<T> SaveWhileAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var working = Task.Run(work, cancellationToken);
        try
        {
            while (await Task.WhenAny(working, Task.Delay(Interval, time, CancellationToken.None)) != working)
            {
                await SaveAsync(CancellationToken.None);
            }

            return await working;
        }
        finally
        {
            await SaveAsync(CancellationToken.None);
        }
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        if (unsaved.IsEmpty)
        {
            return;
        }

        await using var connection = await store.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        while (unsaved.TryDequeue(out var fold))
        {
            await connection.ExecuteAsync(
                """
                INSERT INTO return_work (fingerprint, forecasts, made_at) VALUES (@Fingerprint, @Bytes, @Now)
                ON CONFLICT (fingerprint) DO NOTHING
                """,
                new
                {
                    fold.Fingerprint,
                    Bytes = MemoryMarshal.AsBytes(fold.Forecasts.AsSpan()).ToArray(),
                    Now = time.UtcMoment(),
                },
                cancellationToken
            );
        }

        await transaction.CommitAsync(cancellationToken);
    }
}
