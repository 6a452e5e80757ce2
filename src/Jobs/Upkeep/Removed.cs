namespace Tradepost.Jobs.Upkeep;

/// <summary>What one round has removed.</summary>
public sealed record Removed(long Runs, long Others);
