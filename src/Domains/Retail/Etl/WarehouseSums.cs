using Tradepost.Retail.Sources;
using Tradepost.Storage;

namespace Tradepost.Retail.Etl;

/// <summary>
/// The warehouse's side of the comparison, summed while the sources are read and summed
/// themselves: what is staged of each table, and where the facts have drifted from it. Nothing a run does before it publishes
/// changes these figures.
/// </summary>
internal sealed class WarehouseSums
{
    private readonly Dictionary<SourceTable, Task<BucketSums>> staged;
    private readonly Task<IReadOnlyCollection<long>> drifted;
    private readonly Task<bool> areDimensionsOurs;

    private WarehouseSums(
        Dictionary<SourceTable, Task<BucketSums>> staged,
        Task<IReadOnlyCollection<long>> drifted,
        Task<bool> areDimensionsOurs
    )
    {
        this.staged = staged;
        this.drifted = drifted;
        this.areDimensionsOurs = areDimensionsOurs;
    }

    /// <summary>A full run reads and derives everything, so there is nothing to sum for it.</summary>
    public static WarehouseSums Begin(Store store, EtlMode mode, CancellationToken cancellationToken)
    {
        if (mode == EtlMode.Full)
        {
            return new WarehouseSums([], Task.FromResult<IReadOnlyCollection<long>>([]), Task.FromResult(false));
        }

        var remembered = Task.Run(() => RememberedAsync(store, cancellationToken), cancellationToken);
        return new WarehouseSums(
            Shop.Tables.Where(table => !table.IsReadWhole)
                .ToDictionary(
                    table => table,
                    table =>
                        Task.Run(
                            async () => (await remembered)?[table] ?? await SumAsync(store, table, cancellationToken),
                            cancellationToken
                        )
                ),
            Task.Run(() => new Drift(store).FindAsync(cancellationToken), cancellationToken),
            Task.Run(() => AreDimensionsOursAsync(store, cancellationToken), cancellationToken)
        );
    }

    public Task<BucketSums> OfAsync(SourceTable table) => staged[table];

    public Task<IReadOnlyCollection<long>> DriftedBlocksAsync() => drifted;

    /// <summary>Whether nobody else has written to the dimensions since the last run.</summary>
    public Task<bool> AreDimensionsOursAsync() => areDimensionsOurs;

    /// <summary>Waits for what is still being summed, for a run that ends before it asked; that run has its own error to report.</summary>
    public async Task EndAsync() =>
        await Task.WhenAll([drifted, areDimensionsOurs, .. staged.Values]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static async Task<IReadOnlyDictionary<SourceTable, BucketSums>?> RememberedAsync(
        Store store,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await new StagedSums(store).ReadAsync(connection, cancellationToken);
    }

    private static async Task<bool> AreDimensionsOursAsync(Store store, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await TableWrites.OfDimensions(store).AreOursAsync(connection, cancellationToken);
    }

    private static async Task<BucketSums> SumAsync(Store store, SourceTable table, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await BucketSums.ReadAsync(connection, StagedRows.Before(table), cancellationToken);
    }
}
