using Tradepost.Retail.Indicators;

namespace Tradepost.Retail.Routes;

/// <summary>Key figures that were worked out since the last load was published: each once, however many ask for it.</summary>
internal sealed class KpiCache
{
    private const int Most = 200;

    private readonly Lock gate = new();
    private readonly Dictionary<KpiOptions, Task<KpiResult>> known = [];
    private string published = "";

    /// <summary>What is known, or what is worked out now for all who wait for it; one who leaves does not end that.</summary>
    public Task<KpiResult> GetAsync(string load, KpiOptions options, Func<Task<KpiResult>> work, CancellationToken cancellationToken)
    {
        Task<KpiResult> result;
        lock (gate)
        {
            if (load != published || known.Count >= Most)
            {
                known.Clear();
                published = load;
            }

            if (!known.TryGetValue(options, out result!) || result.IsFaulted)
            {
                result = known[options] = Task.Run(work, CancellationToken.None);
            }
        }

        return result.WaitAsync(cancellationToken);
    }
}
