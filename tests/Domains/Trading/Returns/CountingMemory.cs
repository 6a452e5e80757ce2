using System.Collections.Concurrent;
using Tradepost.Trading.Returns.Walking;

namespace Tradepost.Trading.Tests.Returns;

/// <summary>Keeps what folds gave, and counts.</summary>
internal sealed class CountingMemory : IFoldMemory
{
    private readonly ConcurrentDictionary<string, double[]> folds = new();
    private int found;

    public int Kept => folds.Count;

    public int Found => found;

    public double[]? Find(string fingerprint)
    {
        var forecasts = folds.GetValueOrDefault(fingerprint);
        Interlocked.Add(ref found, forecasts is null ? 0 : 1);
        return forecasts;
    }

    public void Keep(string fingerprint, double[] forecasts) => folds[fingerprint] = forecasts;
}
