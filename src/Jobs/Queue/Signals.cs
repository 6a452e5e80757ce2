using System.Collections.Concurrent;
using Tradepost.Storage;

namespace Tradepost.Jobs.Queue;

/// <summary>
/// Wakes whoever waits in this process, for one store: workers for work, lease keepers for cancellations, readers for news.
/// </summary>
internal sealed class Signals
{
    private static readonly ConcurrentDictionary<string, Signals> ByStore = new(StringComparer.Ordinal);

    private Signals() { }

    public Signal Work { get; } = new();

    public Signal Cancel { get; } = new();

    /// <summary>A schedule was set.</summary>
    public Signal Schedules { get; } = new();

    /// <summary>Something about some run has changed.</summary>
    public Signal News { get; } = new();

    public static Signals Of(Store store) => ByStore.GetOrAdd(store.Description, _ => new Signals());
}
