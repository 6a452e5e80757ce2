namespace Tradepost.Training.Registry;

/// <summary>A version that predicts; what it predicts with can be kept by its checksum.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="ArtefactSha256">The checksum of what predicts, in lower-case hexadecimal.</param>
public sealed record ProducingVersion(string Model, int Version, string ArtefactSha256);
