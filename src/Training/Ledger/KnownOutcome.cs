namespace Tradepost.Training.Ledger;

/// <summary>What came of what a model predicted.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Entity">What it predicted something about.</param>
/// <param name="MadeFor">The moment that was predicted (UTC).</param>
/// <param name="Actual">In the units of what was predicted.</param>
public sealed record KnownOutcome(string Model, string Entity, DateTime MadeFor, double Actual);
