namespace Tradepost.Marketplace.Simulating;

/// <summary>How large a simulated marketplace is, and what it is drawn from.</summary>
/// <param name="Products">At least 1.</param>
/// <param name="Days">At least 10.</param>
/// <param name="Seed">Equal seeds make equal marketplaces.</param>
/// <param name="FirstDay">The first of its days.</param>
/// <param name="Decoys">How often each kind of decoy is shown.</param>
internal sealed record SimulationSize(int Products, int Days, int Seed, DateOnly FirstDay, int Decoys = 0);
