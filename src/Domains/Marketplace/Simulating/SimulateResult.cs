namespace Tradepost.Marketplace.Simulating;

/// <summary>What was simulated.</summary>
/// <param name="Readings">Products times days, but for days on which nobody looked.</param>
/// <param name="KnownSales">Weeks of products whose units are told.</param>
/// <param name="Decoys">Values that are not true.</param>
/// <param name="Files">The files that were written; none when it went into the store.</param>
public sealed record SimulateResult(
    int Products,
    long Readings,
    long Offers,
    long KnownSales,
    long Decoys,
    DateOnly From,
    DateOnly To,
    IReadOnlyList<string> Files
);
