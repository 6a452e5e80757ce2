namespace Tradepost.Storage.Backups;

/// <summary>What a restore may do, and what it leaves out.</summary>
public sealed record RestoreOptions
{
    /// <summary>Whether rows that the store holds are replaced.</summary>
    public bool Force { get; init; }

    /// <summary>Whether views and foreign keys of others that depend on the store's tables may be dropped with them.</summary>
    public bool DropsDependents { get; init; }

    /// <summary>Tables that stay empty.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];
}
