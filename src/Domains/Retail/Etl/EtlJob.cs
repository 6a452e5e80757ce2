using Tradepost.Jobs;
using Tradepost.Retail.Sources;

namespace Tradepost.Retail.Etl;

/// <summary>Loads the warehouse, as everybody starts it.</summary>
internal static class EtlJob
{
    public static Task<EtlResult> RunAsync(EtlOptions options, JobContext context, CancellationToken cancellationToken)
    {
        var mapping = options.Mapping is { } path ? MappingFile.Read(path) : null;
        var sources = ShopSources.From(context.Settings, context.Time, mapping);
        return new LoadWarehouse(context.Store, sources, context.Time, context.Progress)
        {
            Fence = context.PublishAsync,
            Logger = context.Logger,
            Run = context.Run?.Id.ToString(),
        }.RunAsync(options, cancellationToken);
    }
}
