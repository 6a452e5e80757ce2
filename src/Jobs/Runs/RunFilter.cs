namespace Tradepost.Jobs.Runs;

/// <summary>Which runs to list, newest first.</summary>
public sealed record RunFilter
{
    public const int MostItems = 1000;

    public string? Job { get; init; }

    public RunState? State { get; init; }

    public Guid? ParentId { get; init; }

    /// <summary>Runs older than this one: <see cref="RunPage.Next"/> of the page before.</summary>
    public Guid? Before { get; init; }

    /// <summary>1 to <see cref="MostItems"/>.</summary>
    public int Limit { get; init; } = 50;
}
