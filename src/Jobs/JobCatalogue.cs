namespace Tradepost.Jobs;

/// <summary>The whitelist: every job that can be started, by name. Nothing else runs.</summary>
public sealed class JobCatalogue
{
    private readonly Dictionary<string, JobDefinition> byName;

    public JobCatalogue(IEnumerable<JobDefinition> jobs)
    {
        All = [.. jobs];
        byName = All.ToDictionary(job => job.Name, StringComparer.Ordinal);
    }

    public IReadOnlyList<JobDefinition> All { get; }

    public JobDefinition? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The job with this name.</summary>
    /// <exception cref="UnknownJobException">There is no such job.</exception>
    public JobDefinition Get(string name) => Find(name) ?? throw new UnknownJobException(name, [.. All.Select(job => job.Name)]);
}
