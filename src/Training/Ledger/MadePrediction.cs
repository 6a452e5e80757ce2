namespace Tradepost.Training.Ledger;

/// <summary>What a version predicts, and what it knew.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="AsOf">Nothing later was known (UTC).</param>
/// <param name="Value">What it predicts.</param>
public sealed record MadePrediction(string Model, int Version, DateTime AsOf, NewPrediction Value);
