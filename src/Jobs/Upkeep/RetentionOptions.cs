namespace Tradepost.Jobs.Upkeep;

/// <summary>How long a store keeps what grows by itself.</summary>
public sealed record RetentionOptions
{
    /// <summary>How long runs with their logs, the times of schedules and told alerts stay.</summary>
    public TimeSpan Runs { get; init; } = TimeSpan.FromDays(90);

    /// <summary>So many runs of each job stay, however old they are.</summary>
    public int RunsOfEachJob { get; init; } = 20;

    /// <summary>Tables of others.</summary>
    public IReadOnlyList<AgedTable> Tables { get; init; } = [];
}
