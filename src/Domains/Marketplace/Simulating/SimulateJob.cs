using Tradepost.Jobs;

namespace Tradepost.Marketplace.Simulating;

/// <summary>Simulates a marketplace into the store, in the place of the one simulated before, or into files that can be loaded.</summary>
internal static class SimulateJob
{
    public const string Name = "marketplace.simulate";

    /// <summary>Products that are in memory at a time.</summary>
    private const int Portion = 2_000;

    public static async Task<SimulateResult> RunAsync(SimulateOptions options, JobContext context, CancellationToken cancellationToken)
    {
        var until = options.Until ?? DateOnly.FromDateTime(context.Time.GetUtcNow().UtcDateTime);
        var first = until.AddDays(-options.Days);
        var marketplace = new SimulatedMarketplace(new SimulationSize(options.Products, options.Days, options.Seed, first, options.Decoys));
        var (readings, offers, sales, decoys) = (0L, 0L, 0L, 0L);
        await using SimulationTarget target = options.Out is { } folder
            ? new SimulationFiles(marketplace, folder)
            : await SimulationTables.OpenAsync(marketplace, context, cancellationToken);
        var done = 0;
        foreach (var portion in marketplace.Products().Chunk(Portion))
        {
            await target.WriteAsync(portion, cancellationToken);
            foreach (var product in portion)
            {
                readings += product.Readings.Count;
                offers += product.Offers.Count;
                sales += product.KnownSales().Count();
                decoys += product.Planted.Count;
            }

            done += portion.Length;
            context.Progress.Report(new JobProgress("simulate", done, options.Products));
        }

        var files = await target.CompleteAsync(cancellationToken);
        return new SimulateResult(options.Products, readings, offers, sales, decoys, first, until.AddDays(-1), files);
    }
}

/// <summary>Where simulated products go; nothing of them is there before the end.</summary>
internal abstract class SimulationTarget : IAsyncDisposable
{
    public abstract Task WriteAsync(IReadOnlyList<SimulatedProduct> products, CancellationToken cancellationToken);

    /// <summary>Finishes, and gives the files that were written.</summary>
    public abstract Task<IReadOnlyList<string>> CompleteAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
