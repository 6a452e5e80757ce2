namespace Tradepost.Jobs.Runs;

/// <summary>A page of runs.</summary>
/// <param name="Next">Where the next page begins (<see cref="RunFilter.Before"/>); null on the last.</param>
public sealed record RunPage(IReadOnlyList<Run> Items, Guid? Next);
