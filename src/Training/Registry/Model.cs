namespace Tradepost.Training.Registry;

/// <summary>A name under which versions are trained.</summary>
/// <param name="Versions">How many there are; the newest has this number.</param>
/// <param name="Production">The version that predicts; null when none does.</param>
public sealed record Model(string Name, string Description, int Versions, int? Production, DateTime CreatedAt, DateTime ChangedAt);
