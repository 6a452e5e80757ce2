using Tradepost.Storage.Probes;

namespace Tradepost.Storage.Sources;

/// <summary>An operational database that rows are extracted from. Nothing is ever written to it.</summary>
public abstract class Source(string name)
{
    /// <summary>What the user calls it, such as <c>orders</c>.</summary>
    public string Name { get; } = name;

    /// <summary>Where it is, with any password masked: for messages and logs.</summary>
    public abstract string Description { get; }

    public abstract SourceDialect Dialect { get; }

    /// <summary>
    /// Opens a view of the source that does not change while it is read. Throws <see cref="SourceUnavailableException"/>.
    /// </summary>
    public abstract Task<SourceSnapshot> OpenSnapshotAsync(CancellationToken cancellationToken);

    /// <summary>What the source says of itself, and which of these tables it lacks.</summary>
    public abstract Task<SourceProbe> ProbeAsync(IReadOnlyList<string> tables, CancellationToken cancellationToken);
}
